// Starts the program: reads what was asked for, runs it, and is the only place that ends the process.
import { parseArguments } from './arguments.ts';
import type { Command, Context } from './commands/context.ts';
import type { CommandName } from './commands-table.ts';
import { directoriesOf } from './directories.ts';
import { type AppError, asAppError, EXIT } from './errors.ts';
import { helpText } from './help.ts';
import { openReport } from './report.ts';
import { asTyped, errorLines } from './ui/lines.ts';
import { nodeProblem, VERSION } from './version.ts';

/** Each command is loaded when it is asked for: the first screen of the wizard must not wait for the others. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  wizard: async () => (await import('./commands/wizard.ts')).wizardCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  generate: async () => (await import('./commands/generate.ts')).generateCommand,
  load: async () => (await import('./commands/load.ts')).loadCommand,
  validate: async () => (await import('./commands/validate.ts')).validateCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  clean: async () => (await import('./commands/clean.ts')).cleanCommand,
  node: async () => (await import('./commands/node.ts')).nodeCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
};

/** One signal for the whole program; a second Ctrl+C ends it at once. */
function signalOfProcess(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort('SIGINT');
  });
  process.on('SIGTERM', () => controller.abort('SIGTERM'));
  return controller.signal;
}

/** A reader that goes away (`| head`) is no error: what it wanted, it has. */
function endQuietlyWhenReaderLeaves(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.unexpected);
  });
}

async function main(argv: readonly string[]): Promise<number> {
  const program = process.env['npm_lifecycle_event'] === 'start' ? 'npm start --' : 'incident-demo';
  const say = (line: string) => void process.stderr.write(`${asTyped(line, program)}\n`);
  const out = (line: string) => void process.stdout.write(`${asTyped(line, program)}\n`);
  let context: Context | undefined;
  try {
    const problem = nodeProblem(process.versions.node);
    if (problem) throw problem;
    const invocation = parseArguments(argv, process.env);
    if (invocation.help) out(helpText());
    else if (invocation.version) out(VERSION);
    if (invocation.help || invocation.version) return EXIT.ok;
    const signal = signalOfProcess();
    context = {
      invocation,
      program,
      signal,
      out,
      say,
      environment: process.env,
      directories: directoriesOf(process.env),
      version: VERSION,
      report: openReport(invocation, { out, say }),
    };
    const command = await COMMANDS[invocation.command]();
    return await command(context);
  } catch (error) {
    const failure = asAppError(error);
    if (context?.invocation.settings.json || argv.includes('--json'))
      out(JSON.stringify(failedEvent(failure)));
    for (const line of errorLines(failure)) say(line);
    return failure.exit;
  }
}

/** The last event of a command that failed before it had events of its own. */
function failedEvent(failure: AppError): object {
  const { sentence, actions } = failure.explain();
  return {
    type: 'done',
    ok: false,
    exit: failure.exit,
    error: { code: failure.code, message: sentence, actions },
  };
}

endQuietlyWhenReaderLeaves();
process.exitCode = await main(process.argv.slice(2));
