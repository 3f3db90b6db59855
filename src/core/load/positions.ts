// Where a document stands in the order of its run, read from its id: slot, session and step (see generate/ids.ts).
import type { Documents } from '../documents/batch.ts';

/** `{"create":{"_id":"` and 24 characters: eight of the time, seven of the plan's key, nine of the position. */
const ID_AT = 18;
const TIME_LENGTH = 8;
const POSITION_AT = 15;
const ID_LENGTH = 24;

/** A stretch of documents in the order they are generated, from the first to the last position. */
export interface Span {
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
export const spanOf = (batch: Documents): Span => ({
  first: positionAt(batch, 0),
  last: positionAt(batch, batch.documents - 1),
});
