// The parts of fixed-width texts that differ from document to document, written over a copy.
import { put1, put2, put6, putBase36 } from './digits.ts';
import type { Row } from './row.ts';

/** Writes the last `width` characters of a text. */
export interface Patch {
  readonly width: number;
  readonly write: (out: Uint8Array, at: number, row: Row) => void;
}

const DAY_MS = 86_400_000;
const BASE_36_4 = 36 ** 4;

/** The time of a day: `16:00:00.000Z`. */
export const TIME: Patch = {
  width: 13,
  write: (out, at, { ms }) => {
    const ofDay = (ms - Math.floor(ms / DAY_MS) * DAY_MS) | 0;
    const seconds = (ofDay / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    const hours = (minutes / 60) | 0;
    put2(out, at, hours);
    put2(out, at + 3, minutes - hours * 60);
    put2(out, at + 6, seconds - minutes * 60);
    const thousandths = ofDay - seconds * 1000;
    const hundredths = (thousandths / 10) | 0;
    put2(out, at + 9, hundredths);
    put1(out, at + 11, thousandths - hundredths * 10);
  },
};

/** The number of a customer. */
export const USER: Patch = {
  width: 6,
  write: (out, at, { person }) => put6(out, at, person.user),
};

/** Slot and session. */
export const NAME: Patch = {
  width: 8,
  write: (out, at, { slot, session }) => {
    putBase36(out, at, slot);
    putBase36(out, at + 4, session);
  },
};

/** The session in a text of its slot's own. */
export const SESSION: Patch = {
  width: 4,
  write: (out, at, { session }) => putBase36(out, at, session),
};

/** Session and step. */
export const NUMBERED_SESSION: Patch = {
  width: 5,
  write: (out, at, { session, digit }) => {
    putBase36(out, at, session);
    put1(out, at + 4, digit);
  },
};

/** A whole `_id`, of which the seven digits of the plan's key and the four of the slot stay. */
export const DOCUMENT_ID: Patch = {
  width: 24,
  write: (out, at, { ms, session, digit }) => {
    const high = Math.floor(ms / BASE_36_4);
    putBase36(out, at, high);
    putBase36(out, at + 4, (ms - high * BASE_36_4) | 0);
    putBase36(out, at + 19, session);
    put1(out, at + 23, digit);
  },
};
