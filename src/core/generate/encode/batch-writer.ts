// Documents as bulk NDJSON, cut into batches by bytes.
import type { Batch } from '../../documents/batch.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import { type Page, Pages } from './buffers.ts';
import { type Encoder, encoderOf } from './encoder.ts';

/** More than any document takes. */
const LONGEST_BYTES = 4096;

/** Fewer than any document takes. */
const SHORTEST_BYTES = 512;

/** The largest batch. */
const MOST_BYTES = 8 << 20;
const MOST_DOCUMENTS = Math.ceil(MOST_BYTES / SHORTEST_BYTES) + 1;

/** Fills one page after the other. A page that has been handed out is not written again before it is released. */
export class BatchWriter {
  private readonly encoder: Encoder;
  private readonly sizeOfNext: () => number;
  private readonly pages: Pages;
  private readonly offsets = new Uint32Array(MOST_DOCUMENTS + 1);
  private readonly phases = new Uint8Array(MOST_DOCUMENTS);
  private maxBytes: number;
  private page: Page;
  private documents = 0;
  private length = 0;

  constructor(plan: Plan, sizeOfNext: () => number, pages = new Pages()) {
    this.encoder = encoderOf(plan);
    this.sizeOfNext = sizeOfNext;
    this.pages = pages;
    this.maxBytes = this.nextSize();
    this.page = pages.take(this.maxBytes + LONGEST_BYTES);
  }

  private nextSize(): number {
    return Math.min(this.sizeOfNext(), MOST_BYTES);
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
    this.page = pages.take(this.maxBytes + LONGEST_BYTES);
    this.length = 0;
    this.documents = 0;
    return batch;
  }
}
