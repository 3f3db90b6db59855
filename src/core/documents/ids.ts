// The ids of documents, sessions and orders: made here, and read back from batches. Unique, and the same in every run of a plan.

/** What a document's ids are made of. */
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

export const transactionId = (key: string, row: Named) =>
  transactionPrefix(key) + sessionName(row) + row.stepDigit;
export const sessionId = (key: string, row: Named) => `sess_${key}_${sessionName(row)}`;
export const orderId = (key: string, row: Named) => `ord_${key}_${sessionName(row)}`;

/** An IPv4 address as text. */
export const addressText = (address: number) =>
  [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');

/** Where the parts of an id stand. Ids have a fixed width and rise, as texts, with the order of generation. */
export interface IdLayout {
  /** Bytes of the action line before the id. */
  readonly start: number;
  readonly length: number;
  /** Characters of the time, at the front: base-36 ms since 1970. */
  readonly time: number;
}

/** `{"create":{"_id":"` and 24 characters: eight of the time, seven of the plan's key, nine of session and step. */
export const TRANSACTION_IDS: IdLayout = { start: 18, length: 24, time: 8 };

/** What every `transaction_id` begins with. */
const ANY_TRANSACTION = 'txn_';
/** A `transaction_id` of any plan, as a regular expression of OpenSearch. */
export const TRANSACTION_OF_ANY = `${ANY_TRANSACTION}[0-9a-z]{7}_[0-9a-z]{9}`;
/** What the `transaction_id` of every document of a plan begins with. */
export const transactionPrefix = (key: string) => `${ANY_TRANSACTION}${key}_`;

/** Whether an `_id` is one that some plan gives a document of this time. @param transaction its `transaction_id`; undefined for a marker. */
export function isOfSomePlan(id: string, ms: number, transaction: string | undefined): boolean {
  if (!/^[0-9a-z]{24}$/.test(id) || Number.parseInt(id.slice(0, 8), 36) !== ms) return false;
  return transaction === undefined || transaction === transactionPrefix(id.slice(8, 15)) + id.slice(15);
}

/** A run of documents in the order they are generated, from the first to the last id. */
export interface IdRange {
  readonly first: string;
  readonly last: string;
}

/** What of a batch the readers of ids need. */
interface Identified {
  readonly data: Buffer;
  readonly offsets: Uint32Array;
  readonly documents: number;
  readonly ids: IdLayout;
}

function textAt({ data, offsets, ids }: Identified, index: number, length: number): string {
  const start = (offsets[index] ?? 0) + ids.start;
  return data.toString('latin1', start, start + length);
}

/** Id of document `index`: those of later documents are greater as texts. */
export const idAt = (batch: Identified, index: number) => textAt(batch, index, batch.ids.length);

/** Time of document `index`, ms since 1970. */
export const timeAt = (batch: Identified, index: number) =>
  Number.parseInt(textAt(batch, index, batch.ids.time), 36);

/** First and last id of a batch, which holds every document between them. */
export const idRangeOf = (batch: Identified): IdRange => ({
  first: idAt(batch, 0),
  last: idAt(batch, batch.documents - 1),
});
