// The states of a server's circuit breaker through an incident and its recovery.
import { BREAKER_STATES, SERVER_COUNT } from './shop.ts';
import { timelineOf } from './simulate.ts';
import { READING_S } from './timeline.ts';
import type { Incident, Plan } from './types.ts';

/** A stay in one state, `[fromMs, toMs)`. */
export interface BreakerStay {
  readonly state: (typeof BREAKER_STATES)[number];
  readonly fromMs: number;
  readonly toMs: number;
}

/** The stays of one server's breaker, in order; neighbors differ. @param server index into SERVERS. */
export function breakerStays(plan: Plan, incident: Incident, server: number): BreakerStay[] {
  const t = timelineOf(plan, incident);
  const ticks = Math.ceil(t.seconds / READING_S);
  const instant = (tick: number) => Math.min(incident.recoveredMs, t.startMs + tick * READING_S * 1000);
  const stateAt = (tick: number) => t.breaker[tick * SERVER_COUNT + server] ?? 0;
  const stays: BreakerStay[] = [];
  let from = 0;
  for (let tick = 1; tick <= ticks; tick++) {
    if (tick < ticks && stateAt(tick) === stateAt(from)) continue;
    const state = BREAKER_STATES[stateAt(from)] ?? 'closed';
    stays.push({ state, fromMs: instant(from), toMs: instant(tick) });
    from = tick;
  }
  return stays;
}
