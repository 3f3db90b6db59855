// A pool of database connections, in expectation.
import { CONNECTION_HOLD_S } from '../baseline.ts';
import { CONNECTIONS } from '../shop.ts';

/** Mean wait, s, of the requests that get a connection while the pool is overloaded. */
const LUCKY_WAIT_S = 1.6;

export interface PoolSecond {
  /** Share of requests that time out. */
  readonly starved: number;
  /** Mean wait of the others, s. */
  readonly waitS: number;
}

/**
 * What happens to requests that each need a connection for CONNECTION_HOLD_S. The pool serves at most free connections /
 * CONNECTION_HOLD_S a second. Below that the wait grows as ρ⁴ / (1 − ρ); above it, the excess starves: a returned
 * connection goes to a new request more often than to the one that has waited longest (HikariCP's bag hands over without
 * a strict queue), so some wait a second or two and others the full 30 s.
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
