// Names of documents, sessions and orders: unique by construction, the same in every run of a plan.
import type { Documents } from './batch.ts';

/** What a document's names are made of. */
interface Named {
  readonly slot: number;
  /** Number of the session in its slot. */
  readonly session: number;
  /** Number of the document in its session, 0 to 35. */
  readonly stepDigit: number;
  /** Time, ms since 1970. */
  readonly ms: number;
}

const base36 = (value: number, width: number) => value.toString(36).padStart(width, '0');

/** Slot and session in eight base-36 digits: up to 1.6 million slots of 1.6 million sessions. */
const sessionName = ({ slot, session }: Named) => base36(slot, 4) + base36(session, 4);

/**
 * `_id` of a document: eight digits of its time in ms, so that ids rise with time, then plan, slot, session and step.
 * Fixed width of 24 digits.
 */
export const documentId = (key: string, row: Named) =>
  base36(row.ms, 8) + key + sessionName(row) + base36(row.stepDigit, 1);

export const transactionId = (key: string, row: Named) => `txn_${key}_${sessionName(row)}${row.stepDigit}`;
export const sessionId = (key: string, row: Named) => `sess_${key}_${sessionName(row)}`;
export const orderId = (key: string, row: Named) => `ord_${key}_${sessionName(row)}`;

/** An IPv4 address as text. */
export const addressText = (address: number) =>
  [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');

/** `{"create":{"_id":"` and 24 characters: eight of the time, seven of the plan's key, nine of the position. */
const ID_AT = 18;
const TIME_LENGTH = 8;
const POSITION_AT = 15;
const ID_LENGTH = 24;

/** A stretch of documents in the order they are generated, from the first to the last position. */
export interface IdRange {
  readonly first: string;
  readonly last: string;
}

function textAt({ data, offsets }: Documents, index: number, from: number, to: number): string {
  const start = (offsets[index] ?? 0) + ID_AT;
  return data.toString('latin1', start + from, start + to);
}

/** Position of document `index`, nine base-36 digits: those of later documents are greater as texts. */
export const positionAt = (batch: Documents, index: number) => textAt(batch, index, POSITION_AT, ID_LENGTH);

/** Time of document `index`, ms since 1970. */
export const timeAt = (batch: Documents, index: number) =>
  Number.parseInt(textAt(batch, index, 0, TIME_LENGTH), 36);

/** First and last position of a batch, which holds every document between them. */
export const idRangeOf = (batch: Documents): IdRange => ({
  first: positionAt(batch, 0),
  last: positionAt(batch, batch.documents - 1),
});
