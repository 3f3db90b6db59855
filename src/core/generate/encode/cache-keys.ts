// What prepared values are cached by: neighboring fields that depend on the same thing share one template for each key.

import { DAY_MS, MINUTE_MS } from '../../plan/durations.ts';
import { CURRENCIES, GATEWAYS, MAX_SESSION_MS, SERVER_COUNT } from '../../plan/shop.ts';
import { MAX_AGENTS } from '../customers/agents.ts';
import { PLACES } from '../customers/places.ts';
import { PRODUCTS } from '../customers/products.ts';
import type { Row } from '../customers/row.ts';
import { type Overwrite, overwriteOrder, overwriteSlot } from './overwrites.ts';

export interface CacheKey {
  /** A whole number, 0 or more, for what the row's value depends on. Those of one plan lie within some millions. */
  readonly of: (row: Row) => number;
  /** Cache size: consecutive keys that must not evict each other. */
  readonly capacity: number;
  /** Writes what differs from document to document, at the ends of texts. */
  readonly overwrite?: Overwrite;
}

const GATEWAY_COUNT = GATEWAYS.length;
const ATTEMPTS = 3;

/** Days that the dates of neighboring documents lie on: the day before midnight, and the one after it. */
const DATES = 2;

/** The slot a session started in and the date in UTC: sessions of one slot may continue past midnight. */
export const SLOT: CacheKey = {
  of: ({ slot, ms }) => slot * DATES + (Math.floor(ms / DAY_MS) & (DATES - 1)),
  // Sessions of as many slots have documents at the same time.
  capacity: DATES * (2 + MAX_SESSION_MS / MINUTE_MS),
  overwrite: overwriteSlot,
};

/** A customer's browser. */
export const AGENT: CacheKey = { of: ({ agent }) => agent, capacity: MAX_AGENTS };
/** A customer's city and a server. */
export const ROUTE: CacheKey = {
  of: ({ server, place }) => place * SERVER_COUNT + server,
  capacity: PLACES.length * SERVER_COUNT,
};
/** A product, and the currency it is paid in. */
export const PRODUCT: CacheKey = {
  of: ({ product, currency }) => product.index * CURRENCIES.length + currency,
  capacity: PRODUCTS * CURRENCIES.length,
};

/** How a step ends. */
export const OUTCOME: CacheKey = {
  of: ({ failure, step, gateway }) => ((failure?.number ?? 0) * 3 + step) * GATEWAY_COUNT + gateway,
  capacity: 256,
};

/** Which attempt it is, and what it calls: the cache, a gateway. */
export const CALL: CacheKey = {
  of: ({ attempt, cacheHit, queryMs, upstreamMs, gateway }) =>
    ((queryMs < 0 ? 2 : cacheHit) * ATTEMPTS + attempt) * (GATEWAY_COUNT + 1) +
    (upstreamMs < 0 ? GATEWAY_COUNT : gateway),
  capacity: 3 * ATTEMPTS * (GATEWAY_COUNT + 1),
};

/** The metrics a server reports for ten seconds, before or from the payment on. */
export const READING: CacheKey = {
  of: ({ reading, step }) => reading.key * 2 + (step === 0 ? 0 : 1),
  capacity: 32,
  overwrite: overwriteOrder,
};

/** Times of the database connection: only their widths matter. */
export const CONNECTION: CacheKey = { of: () => 0, capacity: 1 };

/** An incident and its phase. */
export const LABEL: CacheKey = { of: ({ incident, phase }) => (incident + 1) * 3 + phase, capacity: 256 };
