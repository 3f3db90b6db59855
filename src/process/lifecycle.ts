// What only a process has: signals, a terminal that goes away, broken pipes, and uncaught errors.

import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { CommandName } from '../command-line/commands.ts';
import { fileErrorReason } from '../core/files/reason.ts';
import { AppError, asAppError } from '../errors/app-error.ts';
import { EXIT } from '../errors/exit.ts';
import { harmless } from '../text/plain-text.ts';
import { errorLines } from '../ui/text/event-text.ts';

/** The last event of a command that failed before it had events of its own. */
export function failedEvent(failure: AppError): object {
  const { sentence, actions } = failure.explain();
  return {
    type: 'done',
    ok: false,
    exit: failure.exit,
    error: { code: failure.code, message: sentence, actions },
  };
}

/** One signal for the whole program; a second Ctrl+C ends it at once. */
export function signalOfProcess(command: CommandName): AbortSignal {
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
 * Closing the window ends the program as SIGTERM does: a running load stops safely, and no half-written file stays.
 * Without a terminal the program continues, as `nohup` expects; Node resets the signal handling that `nohup` sets.
 */
function stopWithTerminal(command: CommandName, controller: AbortController): void {
  const gone = () => controller.abort('SIGTERM');
  const onTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  process.on('SIGHUP', () => {
    if (onTerminal) gone();
  });
  if (command === 'wizard' || command === 'live') process.stdin.on('error', gone);
  // Else it is a pipe whose reader has left, `2>&1 | head`: a load stops as it does for standard output.
  process.stderr.on('error', () => {
    if (onTerminal) gone();
    else if (LOADING.includes(command) && !controller.signal.aborted) controller.abort('SIGINT');
  });
}

/** Why standard output can no longer be written; a load stopped for it ends with its exit code. */
export let unwritable: AppError | undefined;
const LOADING: readonly CommandName[] = ['run', 'live', 'load', 'validate'];

/**
 * A reader that goes away (`| head`) is no error, since it has what it wanted. A load stops as by Ctrl+C, so that the
 * index keeps its settings and the exit code says that the load is incomplete.
 */
function endWhenReaderLeaves(command: CommandName, controller: AbortController): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (command === 'wizard') return controller.abort('SIGTERM');
    if (error.code !== 'EPIPE' && !unwritable && !controller.signal.aborted) {
      unwritable = new AppError('stdout-unwritable', { reason: fileErrorReason(error) }, { cause: error });
      reportNow(unwritable);
    }
    if (!LOADING.includes(command) && !controller.signal.aborted)
      process.exit(unwritable ? unwritable.exit : EXIT.ok);
    if (!controller.signal.aborted) controller.abort('SIGINT');
  });
}

/** Writes the error before the process ends; when standard error is gone too, there is nowhere to write it. */
function reportNow(failure: AppError): void {
  try {
    writeSync(process.stderr.fd, `${errorLines(failure).map(harmless).join('\n')}\n`);
  } catch {
    // The exit code says the rest.
  }
}

/**
 * An uncaught error ends the program with one sentence; Node would print the whole object, secrets included. By then the
 * wizard has restored the terminal (run-ink.tsx).
 */
export function endOnDefect(json: boolean): void {
  process.on('uncaughtException', (error) => {
    const failure = asAppError(error);
    if (json) writeSync(process.stdout.fd, `${harmless(JSON.stringify(failedEvent(failure)))}\n`);
    reportNow(failure);
    process.exit(EXIT.unexpected);
  });
  process.on('unhandledRejection', (error) => {
    throw error;
  });
}
