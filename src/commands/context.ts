// What every command gets: the invocation, the outside world, and one signal.
import type { Invocation } from '../command-line/environment.ts';
import type { Directories, Environment } from '../core/directories.ts';
import type { RunEvent } from '../core/events.ts';
import type { Log } from './log-file.ts';

export interface Context {
  readonly invocation: Invocation;
  readonly environment: Environment;
  readonly directories: Directories;
  /** How the program is started here: `incident-demo`, or `npm start --` in a clone. */
  readonly program: string;
  readonly version: string;
  /** Aborted by Ctrl+C (reason `SIGINT`) or SIGTERM (reason `SIGTERM`). */
  readonly signal: AbortSignal;
  /** Results, on standard output. */
  readonly out: (line: string) => void;
  /** Words for a person, on standard error; not with --quiet. */
  readonly say: (line: string) => void;
  /** Words that have to be read all the same, such as what a question is about. */
  readonly insist: (line: string) => void;
  /** Takes what goes to the log file only. */
  readonly log: Log;
  /** Takes each event of a run: to the log file, and to standard output or error. */
  readonly report: (event: RunEvent) => void;
}

export type Command = (context: Context) => Promise<number>;

/** Logs the last event, and writes it as JSON with --json, else as these words. */
export function endWith({ invocation, out, log }: Context, done: object, words: readonly string[]): void {
  const event = { type: 'done', ok: true, ...done };
  log(event);
  if (invocation.settings.json) out(JSON.stringify(event));
  else for (const line of words) out(line);
}
