// The other cause of an empty pool: a gateway that answers slowly, while payments keep their connection during the call.
import { SERVER_COUNT, SERVERS } from '../shop.ts';
import { type Timeline, writable } from '../timeline.ts';
import { ACQUIRE_TIMEOUT_MS } from './call-times.ts';
import { leftAt, ramp } from './course.ts';
import type { ModelIncident } from './incident-model.ts';

/** Requests that wait when the leak ends have timed out, or have a connection, before the window ends. */
export const DRAIN_S = ACQUIRE_TIMEOUT_MS / 1000 + 1;

export const SLOW_GATEWAY = 'slow_gateway_holds_connections';
/** Median time of a call to a gateway that is slow and fails nothing, ms, and how slow it is at least and at most. */
const SLOW_CALL_MS = { min: 2200, max: 4200 };
/** The same in a subtle incident. */
const SUBTLE_CALL_MS = { min: 220, max: 290 };

/** Median time of a call to the gateway that holds the connections, ms. */
export function slowCallMs({ severity, course }: ModelIncident): number {
  const { min, max } = severity === 'subtle' ? SUBTLE_CALL_MS : SLOW_CALL_MS;
  return min + (max - min) * (course.draws[2] ?? 0);
}

/** The calls to a gateway that hold the connections: slow before, while and after the pool is empty. */
export function slowCalls(incident: ModelIncident, t: Timeline): void {
  const { startMs, endMs, onsetS, servers, course, severity } = incident;
  writable(t, 'callSlow', 'callMs');
  t.holdsConnections = true;
  const window = (endMs - startMs) / 1000;
  const median = slowCallMs(incident);
  const usual = severity === 'subtle' ? 0 : 300;
  for (const [server, name] of SERVERS.entries()) {
    if (!servers.includes(name)) continue;
    for (let second = 0; second < t.seconds; second++) {
      const left =
        second < window - DRAIN_S
          ? ramp(second - onsetS, -1, 20)
          : leftAt(course, second, window - DRAIN_S, t.seconds);
      t.callSlow[second * SERVER_COUNT + server] = 0.9 * left;
      t.callMs[second * SERVER_COUNT + server] = usual + median * (severity === 'subtle' ? 1 : left);
    }
  }
}
