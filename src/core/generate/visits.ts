// Where a session must start so that the walk of each breaker can be followed in the documents.
import { SERVER_COUNT } from '../plan/shop.ts';
import { timelineOf } from '../plan/simulate.ts';
import { TICK_S } from '../plan/timeline.ts';
import type { Incident, Plan } from '../plan/types.ts';

export interface Visit {
  readonly server: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One visit for each stay of each breaker in a state, from the first opening on, in the minute that sees most of it. */
export function visitsOf(plan: Plan, incident: Incident): Visit[] {
  const t = timelineOf(plan, incident);
  const ticks = Math.ceil(t.seconds / TICK_S);
  const tickMs = TICK_S * 1000;
  const visits: Visit[] = [];
  for (let server = 0; server < SERVER_COUNT; server++) {
    let from = 0;
    for (let tick = 1; tick <= ticks; tick++) {
      const state = t.breaker[from * SERVER_COUNT + server];
      if (tick < ticks && t.breaker[tick * SERVER_COUNT + server] === state) continue;
      if (from > 0 && tick < ticks)
        visits.push(longestPart(plan.slotMs, server, t.startMs + from * tickMs, t.startMs + tick * tickMs));
      from = tick;
    }
  }
  return visits;
}

/** The longest part of a span that lies in one minute. */
function longestPart(slotMs: number, server: number, fromMs: number, toMs: number): Visit {
  let best = { server, fromMs, toMs: fromMs };
  for (let at = fromMs; at < toMs; ) {
    const end = Math.min(toMs, (Math.floor(at / slotMs) + 1) * slotMs);
    if (end - at > best.toMs - best.fromMs) best = { server, fromMs: at, toMs: end };
    at = end;
  }
  return best;
}
