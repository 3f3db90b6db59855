// A pool of database connections, in expectation.
import { CONNECTION_HOLD_S } from '../baseline.ts';
import { CONNECTIONS } from '../shop.ts';

/** Mean wait, s, of those who still get a connection when there are never enough. */
const LUCKY_WAIT_S = 1.6;

export interface PoolSecond {
  /** Share of requests that wait in vain. */
  readonly starved: number;
  /** Mean wait of the others, s. */
  readonly waitS: number;
}

/**
 * What happens to requests that each need a connection for HOLD_S. The pool serves at most free connections / HOLD_S a
 * second. Below that the wait grows as ρ⁴ / (1 − ρ); above it, what is too much starves: a connection that comes back is
 * taken by a request that asks at that moment more often than by the one that waits longest (HikariCP's bag hands over
 * without a strict queue), so some wait a second or two and others the full 30 s.
 */
export function poolSecond(requests: number, free: number): PoolSecond {
  const served = Math.max(0, free) / CONNECTION_HOLD_S;
  if (requests <= 0) return { starved: 0, waitS: 0 };
  if (served >= requests) {
    const use = requests / served;
    return {
      starved: 0,
      waitS: Math.min(LUCKY_WAIT_S, (CONNECTION_HOLD_S * use ** 4) / Math.max(0.02, 1 - use)),
    };
  }
  return { starved: 1 - served / requests, waitS: LUCKY_WAIT_S };
}

/** Connections in use or lost, never more than there are. */
export function activeConnections(requests: number, lost: number): number {
  return Math.min(CONNECTIONS, Math.round(lost + requests * CONNECTION_HOLD_S));
}
