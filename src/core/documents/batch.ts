// Batches: documents as bulk NDJSON, and the parts of a batch that are sent on their own.
import { type IdLayout, TRANSACTION_IDS } from './ids.ts';

/** A run of documents as bulk NDJSON: for each document a `create` action line and a source line. */
export interface Batch {
  readonly data: Buffer;
  /** Byte offset of each document's action line in data, and data's length at the end: documents + 1 numbers. */
  readonly offsets: Uint32Array;
  /** Phase of each document: 0 normal, 1 incident, 2 recovery. Files are split by it; loading ignores it. */
  readonly phases: Uint8Array;
  readonly documents: number;
  /** How its signal lays out ids. */
  readonly ids: IdLayout;
  /** Gives the memory of data back to be written again. Call it once nothing reads the batch any more, or never. */
  readonly release?: () => void;
}

/** What the loader needs of a batch. */
export type Documents = Omit<Batch, 'phases'>;

const LINE_END = 10;

/** A batch of documents, each given as its action line and its source line. */
export function batchOf(pairs: readonly string[], ids: IdLayout = TRANSACTION_IDS): Batch {
  const buffers = pairs.map((pair) => Buffer.from(pair));
  return {
    data: Buffer.concat(buffers),
    offsets: offsetsOf(buffers),
    phases: new Uint8Array(pairs.length),
    documents: pairs.length,
    ids,
  };
}

function offsetsOf(pieces: readonly Uint8Array[]): Uint32Array {
  const offsets = new Uint32Array(pieces.length + 1);
  pieces.forEach((piece, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + piece.length;
  });
  return offsets;
}

/** Where document `index` begins; for `index` = documents, where the last one ends. */
function offset(batch: Documents, index: number): number {
  const position = batch.offsets[index];
  if (position === undefined)
    throw new RangeError(`a batch of ${batch.documents} documents has no number ${index}`);
  return position;
}

/** The documents with these numbers, in this order, as a batch of their own. */
export function pick(batch: Documents, indexes: readonly number[]): Documents {
  if (indexes.length === batch.documents) return batch;
  const pieces = indexes.map((index) => batch.data.subarray(offset(batch, index), offset(batch, index + 1)));
  const { ids } = batch;
  return { data: Buffer.concat(pieces), offsets: offsetsOf(pieces), documents: pieces.length, ids };
}

/** Contiguous pieces of at most `maxBytes` each, without copying; a longer document makes a piece of its own. */
export function* pieces(batch: Documents, maxBytes: number): Generator<Documents> {
  let from = 0;
  while (from < batch.documents) {
    const start = offset(batch, from);
    let to = from + 1;
    while (to < batch.documents && offset(batch, to + 1) - start <= maxBytes) to++;
    yield slice(batch, from, to);
    from = to;
  }
}

function slice(batch: Documents, from: number, to: number): Documents {
  if (from === 0 && to === batch.documents) return batch;
  const start = offset(batch, from);
  const offsets = batch.offsets.slice(from, to + 1).map((position) => position - start);
  const data = batch.data.subarray(start, offset(batch, to));
  return { data, offsets, documents: to - from, ids: batch.ids };
}

/** The source of document `index`, as it is sent: a JSON object, without the end of its line. */
export function sourceAt(batch: Documents, index: number): Buffer {
  const action = batch.data.indexOf(LINE_END, offset(batch, index));
  return batch.data.subarray(action + 1, offset(batch, index + 1) - 1);
}

/** Documents of two batches, one after the other, as a batch of their own. */
export function joined(first: Documents, second: Documents): Documents {
  const data = Buffer.concat([first.data, second.data]);
  const later = second.offsets
    .subarray(1, second.documents + 1)
    .map((position) => position + first.data.length);
  const offsets = Uint32Array.from([...first.offsets.subarray(0, first.documents + 1), ...later]);
  return { data, offsets, documents: first.documents + second.documents, ids: first.ids };
}

/** Id and source line of one document, for the report of a rejected one. */
export function documentAt(batch: Documents, index: number): { id: string; source: string } {
  const lines = batch.data.toString('utf8', offset(batch, index), offset(batch, index + 1)).split('\n');
  const [action = '{}', source = ''] = lines;
  const { create } = JSON.parse(action) as { create?: { _id?: string } };
  return { id: create?._id ?? '', source };
}
