// The file of --log-file: each event with its time, a line each.
import { appendFileSync, lstatSync } from 'node:fs';
import type { RunEvent } from '../core/events.ts';
import { fileErrorReason } from '../core/files/reason.ts';
import { fileProblem } from '../core/files/trust.ts';
import { AppError } from '../errors/app-error.ts';

/** Adds one event to the end of the file. */
export type Log = (event: object) => void;

const isThere = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

const unwritable = (file: string, error: unknown) =>
  new AppError('log-unwritable', { file, reason: fileErrorReason(error) }, { cause: error });

/**
 * Opens the file. Throws AppError `log-unwritable` when that fails, also for a file or a link of another user, who could
 * have put it there to have another file written. A later failure, such as a full disk, is
 * reported once and does not stop the work. Without a file nothing is kept.
 */
export function openLog(file: string | undefined, say: (line: string) => void): Log {
  if (file === undefined) return () => undefined;
  const write = (text: string, flag = 'a') => appendFileSync(file, text, { mode: 0o600, flag });
  try {
    const problem = fileProblem(file);
    if (problem !== undefined) throw new Error(problem);
    // A new file is made where nothing is, so that no link is followed that was put there since.
    write('', isThere(file) ? 'a' : 'ax');
  } catch (error) {
    throw unwritable(file, error);
  }
  let lost = false;
  return (event) => {
    if (lost) return;
    try {
      write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
    } catch (error) {
      lost = true;
      say(`${unwritable(file, error).message}; the log ends here, the work continues.`);
    }
  };
}

/** The same events, each of them also in the log. */
export async function* logged(
  events: AsyncIterable<RunEvent>,
  log: Log | undefined,
): AsyncGenerator<RunEvent> {
  for await (const event of events) {
    log?.(event);
    yield event;
  }
}
