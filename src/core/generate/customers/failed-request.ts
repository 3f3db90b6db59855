// How a request that fails is written down: what it called, what it waited for, and how long it took.
import type { Random } from '../../plan/random.ts';
import type { Failure } from './failures.ts';
import type { Request } from './row.ts';

/** Small waits of a call that times out stay within the wall of its timeout. */
const MAX_WAIT_AT_WALL_MS = 60;

/** Fails a request for a reason of the shop or its gateway. */
export function fail(request: Request, failure: Failure): true {
  request.failure = failure;
  request.incidental = true;
  return true;
}

/** The service refuses what it need not look up: no query, no call. */
export function answerAtOnce(request: Request, random: Random): void {
  request.queryMs = -1;
  request.usageMs = -1;
  request.waitMs = -1;
  request.upstreamMs = -1;
  request.responseMs = 2 + Math.round(random.exponential(7));
}

/** The service has the order in its cache and answers as soon as the call fails. */
export function answerFailure(request: Request, upstreamMs: number, random: Random, spreadMs = 20): void {
  const rest = 1 + random.below(spreadMs);
  request.queryMs = 2 + random.below(9);
  request.usageMs = request.queryMs + random.below(rest);
  request.waitMs = Math.min(request.waitMs, MAX_WAIT_AT_WALL_MS);
  request.upstreamMs = Math.round(upstreamMs);
  request.responseMs = request.upstreamMs + request.queryMs + request.waitMs + rest;
}
