// The parts of fixed-width texts that differ from document to document, written over a copy.
import { put1, put2, putBase36 } from './digits.ts';
import type { Row } from './row.ts';

/** Writes the last `width` characters of a text. */
export interface Patch {
  readonly width: number;
  readonly write: (out: Uint8Array, at: number, row: Row) => void;
}

const DAY_MS = 86_400_000;
const BASE_36_4 = 36 ** 4;

/** `2026-03-14T16:00:00.000Z`. The date is kept: most documents lie on the day of the one before. */
export const TIME: Patch = {
  width: 24,
  write: (out, at, { ms }) => {
    if (ms < dayMs || ms >= dayMs + DAY_MS) startDay(ms);
    out.set(date, at);
    const ofDay = ms - dayMs;
    const seconds = Math.floor(ofDay / 1000);
    const minutes = (seconds / 60) | 0;
    const hours = (minutes / 60) | 0;
    put2(out, at + 11, hours);
    put2(out, at + 14, minutes - hours * 60);
    put2(out, at + 17, seconds - minutes * 60);
    const thousandths = ofDay - seconds * 1000;
    const hundredths = (thousandths / 10) | 0;
    put2(out, at + 20, hundredths);
    put1(out, at + 22, thousandths - hundredths * 10);
  },
};

let dayMs = Number.NEGATIVE_INFINITY;
let date: Uint8Array = new Uint8Array();

function startDay(ms: number): void {
  dayMs = Math.floor(ms / DAY_MS) * DAY_MS;
  date = Buffer.from(new Date(dayMs).toISOString().slice(0, 10));
}

/** Slot and session. */
export const NAME: Patch = {
  width: 8,
  write: (out, at, { slot, session }) => {
    putBase36(out, at, slot);
    putBase36(out, at + 4, session);
  },
};

/** Slot, session and step. */
export const NUMBERED_NAME: Patch = {
  width: 9,
  write: (out, at, row) => {
    NAME.write(out, at, row);
    put1(out, at + 8, row.digit);
  },
};

/** A whole `_id`, of which the seven digits of the plan's key stay. */
export const DOCUMENT_ID: Patch = {
  width: 24,
  write: (out, at, row) => {
    const high = Math.floor(row.ms / BASE_36_4);
    putBase36(out, at, high);
    putBase36(out, at + 4, row.ms - high * BASE_36_4);
    NUMBERED_NAME.write(out, at + 15, row);
  },
};
