// When an incident could be noticed: read from the documents that were counted, not from the plan.
import type { Tally } from '../generate/count/tally.ts';
import { MINUTE_MS } from '../plan/durations.ts';

type Windows = Tally['incidents'][number];

/** The earliest of these moments, ms; 0 stands for none, and undefined is returned where there is none. */
function earliest(moments: readonly number[]): number | undefined {
  const known = moments.filter((ms) => ms > 0);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** The first document that has an error code of incidents, takes 5,000 ms or longer, or reports an open breaker. */
export function firstSymptomMs({ incident, recovery }: Windows): number | undefined {
  const moments = [incident, recovery].flatMap((window) => [
    window.firstErrorMs,
    window.firstSlowMs,
    window.firstOpenMs,
  ]);
  return earliest(moments);
}

/** The first document that reports an open breaker. */
export function breakerOpenedMs({ incident, recovery }: Windows): number | undefined {
  return earliest([incident.firstOpenMs, recovery.firstOpenMs]);
}

/** The end of the first minute of the span, the one that holds its start included, in which the minute rule fires. */
export function detectableMs(tally: Tally, fromMs: number, toMs: number): number | undefined {
  const minute = tally.alarmMinutes.find((at) => (at + 1) * MINUTE_MS > fromMs && at * MINUTE_MS < toMs);
  return minute === undefined ? undefined : (minute + 1) * MINUTE_MS;
}
