// Documents as bulk NDJSON, cut into batches by bytes.
import type { Batch } from '../../documents/batch.ts';
import { TRANSACTION_IDS } from '../../documents/ids.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import { BufferPool, type WriteBuffer } from './buffers.ts';
import type { DocumentWriter } from './document-writer.ts';
import { writerOf } from './encoder.ts';

/** Bounds on the length of a document. */
const MIN_DOCUMENT_BYTES = 512;
const MAX_DOCUMENT_BYTES = 4096;

const MAX_BATCH_BYTES = 8 << 20;
const MAX_DOCUMENTS = Math.ceil(MAX_BATCH_BYTES / MIN_DOCUMENT_BYTES) + 1;

/** Fills one buffer after the other. The buffer of a batch is not written again before the batch is released. */
export class BatchWriter {
  private readonly write: DocumentWriter;
  private readonly sizeOfNext: () => number;
  private readonly pool: BufferPool;
  private readonly offsets = new Uint32Array(MAX_DOCUMENTS + 1);
  private readonly phases = new Uint8Array(MAX_DOCUMENTS);
  private maxBytes: number;
  private buffer: WriteBuffer;
  private documents = 0;
  private length = 0;

  /** @param sizeOfNext bytes of the next batch, 8 MiB at most. */
  constructor(plan: Plan, sizeOfNext: () => number, pool = new BufferPool()) {
    this.write = writerOf(plan);
    this.sizeOfNext = sizeOfNext;
    this.pool = pool;
    this.maxBytes = this.nextSize();
    this.buffer = pool.take(this.maxBytes + MAX_DOCUMENT_BYTES);
  }

  private nextSize(): number {
    return Math.min(this.sizeOfNext(), MAX_BATCH_BYTES);
  }

  /** Adds a document; returns the batch before it when the document no longer fits there. */
  add(row: Row): Batch | undefined {
    let end = this.write(this.buffer, this.length, row);
    let full: Batch | undefined;
    if (end > this.maxBytes && this.documents > 0) {
      const { buffer, length } = this;
      full = this.take();
      buffer.bytes.copy(this.buffer.bytes, 0, length, end);
      end -= length;
    }
    this.phases[this.documents++] = row.phase;
    this.offsets[this.documents] = end;
    this.length = end;
    return full;
  }

  /** The documents added since the last batch; undefined when there are none. */
  take(): Batch | undefined {
    const { documents, buffer, pool } = this;
    if (documents === 0) return undefined;
    const batch = {
      data: buffer.bytes.subarray(0, this.length),
      offsets: this.offsets.slice(0, documents + 1),
      phases: this.phases.slice(0, documents),
      documents,
      ids: TRANSACTION_IDS,
      release: () => pool.give(buffer),
    };
    this.maxBytes = this.nextSize();
    this.buffer = pool.take(this.maxBytes + MAX_DOCUMENT_BYTES);
    this.length = 0;
    this.documents = 0;
    return batch;
  }
}
