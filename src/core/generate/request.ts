// One request: what it asks, and how it fared.
import type { Failure } from './customers/failures.ts';

/** What a request is, and, once fare() has run, how it fared. One is used again and again. */
export interface Request {
  /** Index into STEPS. */
  step: number;
  server: number;
  gateway: number;
  ms: number;
  attempt: number;
  responseMs: number;
  /** Times of the parts, ms; -1 where there was none. */
  queryMs: number;
  waitMs: number;
  upstreamMs: number;
  /** -1 when the cache was not asked. */
  cacheHit: number;
  failure: Failure | undefined;
  /** True for a failure of the shop or its gateway, false for one of the customer's own. */
  incidental: boolean;
}

/** A request that has not fared yet. */
export const newRequest = (): Request => ({
  step: 0,
  server: 0,
  gateway: 0,
  ms: 0,
  attempt: 0,
  responseMs: 0,
  queryMs: -1,
  waitMs: 0,
  upstreamMs: -1,
  cacheHit: -1,
  failure: undefined,
  incidental: false,
});

/** Copies a request. */
export function copyRequest(from: Request, to: Request): void {
  to.step = from.step;
  to.server = from.server;
  to.gateway = from.gateway;
  to.ms = from.ms;
  to.attempt = from.attempt;
  to.responseMs = from.responseMs;
  to.queryMs = from.queryMs;
  to.waitMs = from.waitMs;
  to.upstreamMs = from.upstreamMs;
  to.cacheHit = from.cacheHit;
  to.failure = from.failure;
  to.incidental = from.incidental;
}
