// `live` without a screen: sentences, or an event a line; and how it ends when it is stopped from outside.
import { LiveControl } from '../core/live/control.ts';
import type { LiveEvent } from '../core/live/types.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { EXIT } from '../errors/exit.ts';
import { liveWriter } from '../ui/text/live-events.ts';
import { liveLines } from '../ui/text/live-lines.ts';
import type { Context } from './context.ts';
import { type LiveParts, startLive } from './live-request.ts';
import { assertMeant, stateTarget } from './target.ts';

/** Takes each event: to the log file, and to standard output or error. */
function reportOf({ invocation, out, say, insist, log }: Context): (event: LiveEvent) => void {
  const { json, quiet, verbose } = invocation.settings;
  const line = liveLines();
  const loudness = quiet ? 'quiet' : verbose ? 'verbose' : 'usual';
  const write = liveWriter({ out, say: quiet ? say : insist }, loudness);
  return (event) => {
    const told = line(event);
    log(told);
    if (json) out(JSON.stringify(told));
    else write(event);
  };
}

/**
 * The last event with the exit code of a stop from outside. What was indexed until then is whole, so a stop is no failure;
 * one before the shop was live is, since nothing came of it.
 */
function asStopped(event: LiveEvent, signal: AbortSignal, wasLive: boolean): LiveEvent {
  if (event.type !== 'done' || !event.ok || !signal.aborted) return event;
  const stopped = stoppedBy(signal, 'the shop was not live yet');
  if (wasLive) return { ...event, exit: stopped.exit };
  const error = { code: stopped.code, message: stopped.message, actions: stopped.explain().actions };
  return { ...event, ok: false, exit: stopped.exit, error };
}

/** Tells every event until it ends; returns the exit code. */
export async function tellLive(context: Context, parts: LiveParts): Promise<number> {
  const { signal } = context;
  assertMeant(context, 'live');
  const report = reportOf(context);
  const { settings, connection } = parts;
  stateTarget({ report }, { index: settings.index, connection, local: settings.local });
  let exit: number = EXIT.unexpected;
  let wasLive = false;
  for await (const event of startLive(parts, new LiveControl(), signal, false)) {
    wasLive ||= event.type === 'live-started';
    const told = asStopped(event, signal, wasLive);
    report(told);
    if (told.type === 'done') exit = told.exit;
  }
  return exit;
}
