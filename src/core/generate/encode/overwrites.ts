// The ends of fixed-width texts that differ from document to document, written over a copy.

import { DAY_MS } from '../../plan/time.ts';
import type { Row } from '../customers/row.ts';
import type { WriteBuffer } from './buffers.ts';
import { put1, put2, put3, put6, putBase36 } from './digits.ts';

/**
 * Writes the ends of an owner's texts that have one, in the order of the fields. Each begins at `at` + the next of
 * `places`, from `first` on; one that is 0 is not there.
 */
export type Overwrite = (page: WriteBuffer, at: number, places: Uint16Array, first: number, row: Row) => void;

/** Characters of each end. */
export const ID_SUFFIX = 24;
export const TIME_SUFFIX = 13;
export const STEP_SUFFIX = 5;
export const SESSION_SUFFIX = 4;
export const USER_SUFFIX = 6;
export const ORDER_SUFFIX = 8;

const BASE_36_4 = 36 ** 4;
const LETTER_Z = 90;

/** Time of the day: `16:00:00.000Z`. */
function putTime(page: WriteBuffer, at: number, ofDay: number): void {
  const seconds = (ofDay / 1000) | 0;
  const minutes = (seconds / 60) | 0;
  const hours = (minutes / 60) | 0;
  put2(page, at, hours);
  put2(page, at + 3, minutes - hours * 60);
  put2(page, at + 6, seconds - minutes * 60);
  put3(page, at + 9, ofDay - seconds * 1000, LETTER_Z);
}

/**
 * What a document of a slot has for itself: its `_id` (of which the key of the plan and the slot stay), its time, and
 * its session in the names of transaction and session; then the number of the customer.
 */
export const overwriteSlot: Overwrite = (
  page,
  at,
  places,
  first,
  { ms, session, stepDigit: digit, person },
) => {
  const id = at + (places[first] ?? 0);
  const high = Math.floor(ms / BASE_36_4);
  putBase36(page, id, high);
  putBase36(page, id + 4, (ms - high * BASE_36_4) | 0);
  putBase36(page, id + 19, session);
  put1(page, id + 23, digit);
  putTime(page, at + (places[first + 1] ?? 0), (ms - Math.floor(ms / DAY_MS) * DAY_MS) | 0);
  const transaction = at + (places[first + 2] ?? 0);
  putBase36(page, transaction, session);
  put1(page, transaction + 4, digit);
  putBase36(page, at + (places[first + 3] ?? 0), session);
  put6(page, at + (places[first + 4] ?? 0), person.user);
};

/** Slot and session in the name of an order, from the payment on. */
export const overwriteOrder: Overwrite = (page, at, places, first, { slot, session }) => {
  const name = places[first] ?? 0;
  if (name === 0) return;
  putBase36(page, at + name, slot);
  putBase36(page, at + name + 4, session);
};
