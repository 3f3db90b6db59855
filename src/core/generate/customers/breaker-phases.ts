// Sessions that show each state of each circuit breaker: a coarse sample might have none in a short one.
import { breakerStays } from '../../plan/breaker-stays.ts';
import { SERVER_COUNT } from '../../plan/shop.ts';
import type { Incident, Plan } from '../../plan/types.ts';

/** A time in which a session must start at a server. */
export interface BreakerPhase {
  readonly server: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** For each stay of a breaker in a state, the longest part that lies in one minute; none for a breaker that stays closed. */
export function breakerPhasesOf(plan: Plan, incident: Incident): BreakerPhase[] {
  return Array.from({ length: SERVER_COUNT }, (_, server) => {
    const stays = breakerStays(plan, incident, server);
    return stays.length < 2
      ? []
      : stays.map(({ fromMs, toMs }) => longestPart(plan.slotMs, server, fromMs, toMs));
  }).flat();
}

/** The longest part of a span that lies in one minute. */
function longestPart(slotMs: number, server: number, fromMs: number, toMs: number): BreakerPhase {
  let best = { server, fromMs, toMs: fromMs };
  for (let at = fromMs; at < toMs; ) {
    const end = Math.min(toMs, (Math.floor(at / slotMs) + 1) * slotMs);
    if (end - at > best.toMs - best.fromMs) best = { server, fromMs: at, toMs: end };
    at = end;
  }
  return best;
}
