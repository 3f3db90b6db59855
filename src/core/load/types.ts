// What flows from the generator to a cluster or a file.

/** A run of documents as bulk NDJSON: for each document a `create` action line and a source line. */
export interface Batch {
  readonly data: Buffer;
  /** Byte offset of each document's action line in data, and data's length at the end: documents + 1 numbers. */
  readonly offsets: Uint32Array;
  /** Phase of each document: 0 normal, 1 incident, 2 recovery; the file sink tells them apart, the loader does not look. */
  readonly phases: Uint8Array;
  readonly documents: number;
  /** Gives the memory of data back, to be written again: call it when nothing reads the batch any more, or never. */
  readonly release?: () => void;
}
