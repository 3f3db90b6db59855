// Documents as bulk NDJSON, cut into batches by bytes.
import type { Batch } from '../load/types.ts';
import type { Plan } from '../plan/types.ts';
import { type Encoder, encoderOf } from './encoder.ts';
import { type Page, Pages } from './page.ts';
import type { Row } from './row.ts';

/** More than any document takes. */
const LONGEST_BYTES = 4096;
/** Fewer than any document takes. */
const SHORTEST_BYTES = 512;

/** Length of the pages for batches of at most this size. */
export const pageLength = (maxBytes: number): number => maxBytes + LONGEST_BYTES;

/** Fills one page after the other. A page that has been handed out is not written again before it is released. */
export class BatchWriter {
  private readonly encoder: Encoder;
  private readonly maxBytes: number;
  private readonly pages: Pages;
  private readonly offsets: Uint32Array;
  private readonly phases: Uint8Array;
  private page: Page;
  private documents = 0;
  private length = 0;

  constructor(plan: Plan, maxBytes: number, pages = new Pages(pageLength(maxBytes))) {
    this.encoder = encoderOf(plan);
    this.maxBytes = maxBytes;
    this.pages = pages;
    const most = Math.ceil(maxBytes / SHORTEST_BYTES) + 1;
    this.offsets = new Uint32Array(most + 1);
    this.phases = new Uint8Array(most);
    this.page = this.pages.take();
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
    this.page = pages.take();
    this.length = 0;
    this.documents = 0;
    return batch;
  }
}
