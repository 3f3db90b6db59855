// One document before it is written. Rows are reused: copy one to keep it.

import type { Failure } from './failures.ts';
import type { Person, Product } from './pools.ts';
import type { Reading } from './shop-state.ts';

/** A request and, once simulateRequest() has run, its outcome. Requests are reused. */
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
  /** -1 when the cache was not used. */
  cacheHit: number;
  failure: Failure | undefined;
  /** True for a failure of the shop or its gateway, false for one of the customer's own. */
  incidental: boolean;
}

/** A request without an outcome. */
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

/** A document: its request, and where it belongs. */
export interface Row extends Request {
  /** 0 normal, 1 incident, 2 recovery. */
  phase: 0 | 1 | 2;
  /** Index into the plan's incidents; -1 in normal operation. */
  incident: number;
  /** The session's slot, and its number in it. */
  slot: number;
  session: number;
  /** Digit of the step in the document's id. */
  stepDigit: number;
  /** The customer of the latest session; all rows of a SessionMaker share it. */
  readonly person: Person;
  product: Product;
  reading: Reading;
}

export type Shopper = Pick<Row, 'slot' | 'session' | 'person' | 'product'>;

/** A row for any shopper. */
export function newRow(shopper: Shopper, reading: Reading): Row {
  return { ...newRequest(), phase: 0, incident: -1, stepDigit: 0, ...shopper, reading };
}
