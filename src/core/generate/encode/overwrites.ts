// The suffixes of fixed-width texts that differ from document to document, written over a copy of their template.
import { DAY_MS } from '../../plan/durations.ts';
import type { Row } from '../customers/row.ts';
import type { WriteBuffer } from './buffers.ts';
import { put1, put2, put3, put8, putBase36 } from './digits.ts';

/**
 * Writes the suffixes of a template, in the order of the fields. Suffix i starts at `at + offsets[base + i]`; 0 means
 * the field is absent.
 */
export type Overwrite = (
  buffer: WriteBuffer,
  at: number,
  offsets: Uint16Array,
  base: number,
  row: Row,
) => void;

/** Characters of each suffix. */
export const ID_SUFFIX = 24;
export const TIME_SUFFIX = 13;
export const STEP_SUFFIX = 5;
export const SESSION_SUFFIX = 4;
export const USER_SUFFIX = 8;
export const ORDER_SUFFIX = 8;

const BASE_36_4 = 36 ** 4;
const LETTER_Z = 90;

/** Time of day: `16:00:00.000Z`. @param ms since midnight in UTC. */
function putTime(buffer: WriteBuffer, at: number, ms: number): void {
  const seconds = (ms / 1000) | 0;
  const minutes = (seconds / 60) | 0;
  const hours = (minutes / 60) | 0;
  put2(buffer, at, hours);
  put2(buffer, at + 3, minutes - hours * 60);
  put2(buffer, at + 6, seconds - minutes * 60);
  put3(buffer, at + 9, ms - seconds * 1000, LETTER_Z);
}

/**
 * `_id` (the plan's key and the slot in it stay), `@timestamp`, the session in `transaction_id` and `session_id`, and the
 * number of the customer.
 */
export const overwriteSlot: Overwrite = (buffer, at, offsets, base, { ms, session, stepDigit, user }) => {
  const id = at + (offsets[base] ?? 0);
  const high = Math.floor(ms / BASE_36_4);
  putBase36(buffer, id, high);
  putBase36(buffer, id + 4, (ms - high * BASE_36_4) | 0);
  putBase36(buffer, id + 19, session);
  put1(buffer, id + 23, stepDigit);
  putTime(buffer, at + (offsets[base + 1] ?? 0), (ms - Math.floor(ms / DAY_MS) * DAY_MS) | 0);
  const transaction = at + (offsets[base + 2] ?? 0);
  putBase36(buffer, transaction, session);
  put1(buffer, transaction + 4, stepDigit);
  putBase36(buffer, at + (offsets[base + 3] ?? 0), session);
  put8(buffer, at + (offsets[base + 4] ?? 0), user);
};

/** Slot and session in `order_id`, which documents have from the payment on. */
export const overwriteOrder: Overwrite = (buffer, at, offsets, base, { slot, session }) => {
  const order = offsets[base] ?? 0;
  if (order === 0) return;
  putBase36(buffer, at + order, slot);
  putBase36(buffer, at + order + 4, session);
};
