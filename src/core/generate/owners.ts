// What the values of fields belong to. A value is encoded once for each key of its owner, and copied from then on.
import { BALANCERS, GATEWAYS, SERVER_COUNT } from '../plan/shop.ts';
import { PEOPLE, PRODUCTS } from './pools.ts';
import type { Row } from './row.ts';

export interface Owner {
  /** A whole number for what the row's value depends on; negative for a value that is not worth keeping. */
  readonly key: (row: Row) => number;
  /** Values to keep, for keys that follow one another. */
  readonly kept: number;
}

const GATEWAY_COUNT = GATEWAYS.length;
const ATTEMPTS = 3;

/** A customer. */
export const PERSON: Owner = { key: ({ person }) => person.index, kept: PEOPLE };
export const PRODUCT: Owner = { key: ({ product }) => product.index, kept: PRODUCTS };

/** How a step ends. Failures differ in their messages, and are rare. */
export const OUTCOME: Owner = {
  key: ({ failure, step, gateway }) => (failure ? -1 : step * GATEWAY_COUNT + gateway),
  kept: 3 * GATEWAY_COUNT,
};

/** The way of a request into the shop. */
export const ROUTE: Owner = {
  key: ({ server, person }) => server * BALANCERS.length + person.balancer,
  kept: SERVER_COUNT * BALANCERS.length,
};

/** Which attempt it is, and what it asks: the cache, a gateway. */
export const CALL: Owner = {
  key: ({ attempt, cacheHit, queryMs, upstreamMs, gateway }) =>
    ((queryMs < 0 ? 2 : cacheHit) * ATTEMPTS + attempt) * (GATEWAY_COUNT + 1) +
    (upstreamMs < 0 ? GATEWAY_COUNT : gateway),
  kept: 3 * ATTEMPTS * (GATEWAY_COUNT + 1),
};

/** What a server reports of itself, for ten seconds. Room for the readings of some minutes. */
export const READING: Owner = { key: ({ reading }) => reading.key, kept: 256 };

/** An incident and its phase. */
export const LABEL: Owner = { key: ({ incident, phase }) => (incident + 1) * 3 + phase, kept: 256 };
