// Documents as bulk NDJSON, cut into batches by bytes.
import type { Batch } from '../load/types.ts';
import type { GeneratedDocument } from './transaction.ts';

/** The action line and the source line of a document. */
export function encode({ id, source }: GeneratedDocument): string {
  return `{"create":{"_id":"${id}"}}\n${JSON.stringify(source)}\n`;
}

/** Fills one buffer after the other; a buffer that has been handed out is never written again. */
export class BatchWriter {
  private readonly maxBytes: number;
  private data: Buffer;
  private length = 0;
  private offsets: number[] = [];
  private phases: number[] = [];

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
    this.data = Buffer.allocUnsafe(maxBytes);
  }

  /** Adds a document; returns the batch that had no room left for it. */
  add(document: GeneratedDocument): Batch | undefined {
    // Everything we write is ASCII, so characters are bytes.
    const text = encode(document);
    const full = this.length > 0 && this.length + text.length > this.maxBytes ? this.take() : undefined;
    if (text.length > this.data.length) this.data = Buffer.allocUnsafe(text.length);
    this.offsets.push(this.length);
    this.phases.push(document.phase);
    this.length += this.data.write(text, this.length, 'latin1');
    return full;
  }

  /** The documents added since the last batch; undefined when there are none. */
  take(): Batch | undefined {
    const documents = this.offsets.length;
    if (documents === 0) return undefined;
    const batch = {
      data: this.data.subarray(0, this.length),
      offsets: Uint32Array.from([...this.offsets, this.length]),
      phases: Uint8Array.from(this.phases),
      documents,
    };
    this.data = Buffer.allocUnsafe(this.maxBytes);
    this.length = 0;
    this.offsets = [];
    this.phases = [];
    return batch;
  }
}
