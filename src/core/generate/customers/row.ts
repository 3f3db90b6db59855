// One document before it is written. Rows are reused: copy one to keep it.

import type { Marker } from '../../plan/types.ts';
import type { Basket } from './basket.ts';
import type { Failure } from './failures.ts';
import type { Person } from './people.ts';
import type { Product } from './products.ts';
import type { Reading } from './shop-state.ts';

/** A request and, once simulateRequest() has run, its outcome. */
export interface Request {
  /** Index into STEPS. */
  step: number;
  server: number;
  gateway: number;
  /** When it begins. */
  startMs: number;
  attempt: number;
  responseMs: number;
  /** Times of the parts, ms; -1 where there was none. */
  queryMs: number;
  waitMs: number;
  upstreamMs: number;
  /** How long it held its database connection. */
  usageMs: number;
  /** -1 when the cache was not used. */
  cacheHit: number;
  failure: Failure | undefined;
  /** True for a failure of the shop or its gateway, false for one of the customer's own. */
  incidental: boolean;
}

/** A document: its request, its customer and basket, and where it belongs by the instant it is written. */
export interface Row extends Request, Person, Basket {
  /** When the request ends and the document is written: startMs + responseMs. */
  ms: number;
  /** 0 normal, 1 incident, 2 recovery. */
  phase: 0 | 1 | 2;
  /** Index into the plan's incidents; -1 in normal operation. */
  incident: number;
  /** The session's slot, and its number in it. */
  slot: number;
  session: number;
  /** Digit of the step in the document's id. */
  stepDigit: number;
  reading: Reading;
  /** Set when the document is no transaction; of its request only the server and the instant count then. */
  marker: Marker | undefined;
}

/** A row of the first moment, to be filled. */
export const newRow = (product: Product, reading: Reading): Row => ({
  step: 0,
  server: 0,
  gateway: 0,
  startMs: 0,
  attempt: 0,
  responseMs: 0,
  queryMs: -1,
  waitMs: 0,
  upstreamMs: -1,
  usageMs: -1,
  cacheHit: -1,
  failure: undefined,
  incidental: false,
  user: 0,
  address: 0,
  agent: 0,
  place: 0,
  ms: 0,
  phase: 0,
  incident: -1,
  slot: 0,
  session: 0,
  stepDigit: 0,
  product,
  items: 1,
  currency: 0,
  cents: 0,
  reading,
  marker: undefined,
});

/** Below zero when a comes before b: the order of their ids. */
export function compareRows(a: Row, b: Row): number {
  if (a.ms !== b.ms) return a.ms - b.ms;
  if (a.slot !== b.slot) return a.slot - b.slot;
  return a.session - b.session || a.stepDigit - b.stepDigit;
}
