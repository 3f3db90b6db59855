// Documents as bulk NDJSON, cut into batches by bytes.
import type { Batch } from '../../documents/batch.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import { BufferPool, type WriteBuffer } from './buffers.ts';
import { type Encoder, encoderOf } from './encoder.ts';

/** More than any document takes. */
const MAX_DOCUMENT_BYTES = 4096;

/** Fewer than any document takes. */
const MIN_DOCUMENT_BYTES = 512;

/** The largest batch. */
const MAX_BATCH_BYTES = 8 << 20;
const MAX_DOCUMENTS = Math.ceil(MAX_BATCH_BYTES / MIN_DOCUMENT_BYTES) + 1;

/** Fills one page after the other. A page that has been handed out is not written again before it is released. */
export class BatchWriter {
  private readonly encoder: Encoder;
  private readonly sizeOfNext: () => number;
  private readonly pages: BufferPool;
  private readonly offsets = new Uint32Array(MAX_DOCUMENTS + 1);
  private readonly phases = new Uint8Array(MAX_DOCUMENTS);
  private maxBytes: number;
  private page: WriteBuffer;
  private documents = 0;
  private length = 0;

  constructor(plan: Plan, sizeOfNext: () => number, pages = new BufferPool()) {
    this.encoder = encoderOf(plan);
    this.sizeOfNext = sizeOfNext;
    this.pages = pages;
    this.maxBytes = this.nextSize();
    this.page = pages.take(this.maxBytes + MAX_DOCUMENT_BYTES);
  }

  private nextSize(): number {
    return Math.min(this.sizeOfNext(), MAX_BATCH_BYTES);
  }

  /** Adds a document; returns the batch that had no room left for it. */
  add(row: Row): Batch | undefined {
    let end = this.encoder.write(this.page, this.length, row);
    let full: Batch | undefined;
    if (end > this.maxBytes && this.documents > 0) {
      const { page, length } = this;
      full = this.take();
      page.bytes.copy(this.page.bytes, 0, length, end);
      end -= length;
    }
    this.phases[this.documents++] = row.phase;
    this.offsets[this.documents] = end;
    this.length = end;
    return full;
  }

  /** The documents added since the last batch; undefined when there are none. */
  take(): Batch | undefined {
    const { documents, page, pages } = this;
    if (documents === 0) return undefined;
    const batch = {
      data: page.bytes.subarray(0, this.length),
      offsets: this.offsets.slice(0, documents + 1),
      phases: this.phases.slice(0, documents),
      documents,
      release: () => pages.give(page),
    };
    this.maxBytes = this.nextSize();
    this.page = pages.take(this.maxBytes + MAX_DOCUMENT_BYTES);
    this.length = 0;
    this.documents = 0;
    return batch;
  }
}
