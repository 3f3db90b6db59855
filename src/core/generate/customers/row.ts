// What is known of one document before it is written. Rows are used again and again: who keeps one copies it.

import { newRequest, type Request } from '../request.ts';
import type { Person, Product } from './pools.ts';
import type { Reading } from './shop-state.ts';

export interface Row extends Request {
  /** 0 normal, 1 incident, 2 recovery. */
  phase: 0 | 1 | 2;
  /** Index into the plan's incidents; -1 in normal operation. */
  incident: number;
  /** Index into BLOCKS: the part of the local day. */
  block: number;
  /** The session's slot, and its number in it. */
  slot: number;
  session: number;
  /** Digit of the step in the document's id. */
  digit: number;
  /** The same for all rows of a walker: that of the session walked last. */
  readonly person: Person;
  product: Product;
  reading: Reading;
}

export type Shopper = Pick<Row, 'slot' | 'session' | 'person' | 'product'>;

/** A row for any shopper. */
export function newRow(shopper: Shopper, reading: Reading): Row {
  return { ...newRequest(), phase: 0, incident: -1, block: 0, digit: 0, ...shopper, reading };
}
