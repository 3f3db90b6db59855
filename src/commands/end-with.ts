// How a command ends that is no run: its last event, to the log file and to whoever reads.
import type { Context } from './context.ts';

/** Logs the last event, and writes it as JSON where that was asked for, else the words. */
export function endWith({ invocation, out, log }: Context, done: object, words: readonly string[]): void {
  const event = { type: 'done', ok: true, ...done };
  log(event);
  if (invocation.settings.json) out(JSON.stringify(event));
  else for (const line of words) out(line);
}
