// Starts the program: reads what was asked for, runs it, and is the only place that ends the process.
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { CommandName } from './command-line/commands.ts';
import { helpText } from './command-line/help.ts';
import { parseArguments } from './command-line/parse.ts';
import type { Command, Context } from './commands/context.ts';
import { type Log, openLog } from './commands/log-file.ts';
import { openReport } from './commands/report.ts';
import { reasonOf } from './core/files/reason.ts';
import { stoppedBy } from './core/run/outcome.ts';
import { AppError, asAppError, EXIT } from './errors/app-error.ts';
import { directoriesOf } from './options/directories.ts';
import { nodeProblem, VERSION } from './process/node-version.ts';
import { harmless } from './text/plain-text.ts';
import { asTyped, errorLines } from './ui/text/event-text.ts';

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
function signalOfProcess(command: CommandName): AbortSignal {
  const controller = new AbortController();
  endWhenReaderLeaves(command, controller);
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort('SIGINT');
  });
  process.on('SIGTERM', () => controller.abort('SIGTERM'));
  stopWithTerminal(command, controller);
  return controller.signal;
}

/**
 * A window that is closed ends the program as SIGTERM does, though nobody sees it any more: a load that is under way is
 * stopped safely, and no half-written file stays. Without any terminal it goes on: `nohup` asks for that, and Node undoes
 * what `nohup` sets.
 */
function stopWithTerminal(command: CommandName, controller: AbortController): void {
  const gone = () => controller.abort('SIGTERM');
  const onTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  process.on('SIGHUP', () => {
    if (onTerminal) gone();
  });
  if (command === 'wizard') process.stdin.on('error', gone);
  if (onTerminal) process.stderr.on('error', gone);
}

/** Why standard output takes nothing any more; a load that is stopped for it ends with its exit code. */
let unwritable: AppError | undefined;

const LOADING: readonly CommandName[] = ['run', 'load', 'validate'];

/**
 * A reader that goes away (`| head`) is no error where it has what it wanted; a load is stopped as by Ctrl+C, so that
 * the index is left in order and the exit code does not say that it is whole.
 */
function endWhenReaderLeaves(command: CommandName, controller: AbortController): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (command === 'wizard') return controller.abort('SIGTERM');
    if (error.code !== 'EPIPE' && !unwritable && !controller.signal.aborted) {
      unwritable = new AppError('stdout-unwritable', { reason: reasonOf(error) }, { cause: error });
      tellNow(unwritable);
    }
    if (!LOADING.includes(command) && !controller.signal.aborted)
      process.exit(unwritable ? unwritable.exit : EXIT.ok);
    if (!controller.signal.aborted) controller.abort('SIGINT');
  });
}

/** Says it before the process ends; where standard error is gone too, nobody is left to be told. */
function tellNow(failure: AppError): void {
  try {
    writeSync(process.stderr.fd, `${errorLines(failure).map(harmless).join('\n')}\n`);
  } catch {
    // The exit code says the rest.
  }
}

/**
 * What nobody caught ends the program with a sentence: Node would print the whole object, and with it whatever hangs on
 * it. By then the wizard has given the terminal back (run-ink.tsx).
 */
function endOnDefect(json: boolean): void {
  process.on('uncaughtException', (error) => {
    const failure = asAppError(error);
    if (json) writeSync(process.stdout.fd, `${harmless(JSON.stringify(failedEvent(failure)))}\n`);
    tellNow(failure);
    process.exit(EXIT.unexpected);
  });
  process.on('unhandledRejection', (error) => {
    throw error;
  });
}

async function main(argv: readonly string[]): Promise<number> {
  // npm runs in the folder of the package; a person means the folder they are in.
  const whence = process.env['npm_lifecycle_event'] === 'start' ? process.env['INIT_CWD'] : undefined;
  if (whence) process.chdir(whence);
  const program = process.env['npm_lifecycle_event'] === 'start' ? 'npm start --' : 'incident-demo';
  const say = (line: string) => void process.stderr.write(`${harmless(asTyped(line, program))}\n`);
  const out = (line: string) => void process.stdout.write(`${harmless(asTyped(line, program))}\n`);
  // Words about the log file would tear the wizard's screen.
  const afterwards = (line: string) => void process.once('exit', () => say(line));
  let log: Log = () => undefined;
  let context: Context | undefined;
  endOnDefect(argv.includes('--json'));
  try {
    const problem = nodeProblem(process.versions.node);
    if (problem) throw problem;
    const invocation = parseArguments(argv, process.env);
    if (invocation.help) out(helpText());
    else if (invocation.version) out(VERSION);
    if (invocation.help || invocation.version) return EXIT.ok;
    const signal = signalOfProcess(invocation.command);
    const { command: name, settings } = invocation;
    log = openLog(settings.logFile, name === 'wizard' ? afterwards : say);
    log({ type: 'begin', command: name, version: VERSION });
    context = {
      invocation,
      program,
      signal,
      out,
      say,
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
    const failure = stopped?.aborted ? stoppedBy(stopped, 'nothing is left half done') : asAppError(error);
    log(failedEvent(failure));
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

const exit = await main(process.argv.slice(2));
process.exitCode = unwritable?.exit ?? exit;
