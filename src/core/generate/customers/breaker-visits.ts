// Where a session must start so that the walk of each breaker can be followed in the documents.
import { breakerWalk } from '../../plan/breaker-walk.ts';
import { SERVER_COUNT } from '../../plan/shop.ts';
import type { Incident, Plan } from '../../plan/types.ts';

export interface Visit {
  readonly server: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One visit for each leg of each breaker that leaves its first state, in the minute that sees most of the leg. */
export function visitsOf(plan: Plan, incident: Incident): Visit[] {
  return Array.from({ length: SERVER_COUNT }, (_, server) => {
    const legs = breakerWalk(plan, incident, server);
    return legs.length < 2
      ? []
      : legs.map(({ fromMs, toMs }) => longestPart(plan.slotMs, server, fromMs, toMs));
  }).flat();
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
