// Starts the program: reads the command line, runs the command, and is the only place that ends the process.
import type { CommandName } from './command-line/commands.ts';
import { withoutArguments } from './command-line/environment.ts';
import type { Command, Context } from './commands/context.ts';
import { type Log, openLog } from './commands/log-file.ts';
import { openReport } from './commands/report.ts';
import { raiseInliningLimit } from './core/generate/encode/v8-inlining.ts';
import { stoppedBy } from './core/run/finish.ts';
import { AppError, asAppError } from './errors/app-error.ts';
import { EXIT } from './errors/exit.ts';
import { directoriesOf } from './options/directories.ts';
import { endOnDefect, failedEvent, signalOfProcess, unwritable } from './process/lifecycle.ts';
import { nodeProblem, VERSION } from './process/node-version.ts';
import { harmless } from './text/plain-text.ts';
import { asTyped, errorLines } from './ui/text/event-text.ts';

/** Each command is loaded on demand: the first screen of the wizard must not wait for the others. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  wizard: async () => (await import('./commands/wizard.ts')).wizardCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  live: async () => (await import('./commands/live.ts')).liveCommand,
  generate: async () => (await import('./commands/generate.ts')).generateCommand,
  load: async () => (await import('./commands/load.ts')).loadCommand,
  validate: async () => (await import('./commands/validate.ts')).validateCommand,
  guide: async () => (await import('./commands/guide.ts')).guideCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  dashboards: async () => (await import('./commands/dashboards.ts')).dashboardsCommand,
  score: async () => (await import('./commands/score.ts')).scoreCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  clean: async () => (await import('./commands/clean.ts')).cleanCommand,
  node: async () => (await import('./commands/node.ts')).nodeCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
};

async function main(argv: readonly string[]): Promise<number> {
  // npm runs in the folder of the package; the user means the current folder.
  const folder = process.env['npm_lifecycle_event'] === 'start' ? process.env['INIT_CWD'] : undefined;
  if (folder) process.chdir(folder);
  const program = process.env['npm_lifecycle_event'] === 'start' ? 'npm start --' : 'incident-demo';
  const say = (line: string) => void process.stderr.write(`${harmless(asTyped(line, program))}\n`);
  const out = (line: string) => void process.stdout.write(`${harmless(asTyped(line, program))}\n`);
  // A message about the log file would break the wizard's screen.
  const atExit = (line: string) => void process.once('exit', () => say(line));
  let log: Log = () => undefined;
  let context: Context | undefined;
  endOnDefect(argv.includes('--json'));
  try {
    const problem = nodeProblem(process.versions.node);
    if (problem) throw problem;
    const invocation =
      argv.length === 0
        ? withoutArguments(process.env)
        : (await import('./command-line/parse.ts')).parseArguments(argv, process.env);
    if (invocation.help) out((await import('./command-line/help.ts')).helpText(invocation.command));
    else if (invocation.version) out(VERSION);
    if (invocation.help || invocation.version) return EXIT.ok;
    const signal = signalOfProcess(invocation.command);
    const { command: name, settings } = invocation;
    log = openLog(settings.logFile, name === 'wizard' ? atExit : say);
    log({ type: 'begin', command: name, version: VERSION });
    context = {
      invocation,
      program,
      signal,
      out,
      say: settings.quiet ? () => undefined : say,
      insist: say,
      environment: process.env,
      directories: directoriesOf(process.env),
      version: VERSION,
      log,
      report: openReport(invocation, { out, say, log }),
    };
    const command = await COMMANDS[name]();
    return await command(context);
  } catch (error) {
    const stopped = error instanceof AppError ? undefined : context?.signal;
    const failure = stopped?.aborted
      ? stoppedBy(stopped, 'nothing was left unfinished')
      : (await import('./command-line/parse.ts')).withHelp(
          asAppError(error),
          context?.invocation.command ?? 'wizard',
        );
    log(failedEvent(failure));
    if (context?.invocation.settings.json || argv.includes('--json'))
      out(JSON.stringify(failedEvent(failure)));
    for (const line of errorLines(failure)) say(line);
    const { cause } = failure;
    if (context?.invocation.settings.verbose && cause instanceof Error) say(`  Cause: ${cause.message}`);
    return failure.exit;
  }
}

raiseInliningLimit();
const exit = await main(process.argv.slice(2));
process.exitCode = unwritable?.exit ?? exit;
