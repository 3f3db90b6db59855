// Room for many small texts in few buffers.

const CHUNK_BYTES = 1 << 18;
/** Rooms are a multiple of this long, so that the next text of about the same length fits too. */
const STEP_BYTES = 64;

/** A text, and the room it stands in. */
export interface Kept {
  readonly bytes: Uint8Array;
  readonly room: Uint8Array;
}

export class Arena {
  private chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  private used = 0;

  /** Keeps a text as bytes; in the room of one that is not needed any more, when it fits there. */
  keep(text: string, unused?: Kept): Kept {
    const bytes = Buffer.from(text);
    const room = unused && unused.room.length >= bytes.length ? unused.room : this.take(bytes.length);
    room.set(bytes);
    return { room, bytes: room.subarray(0, bytes.length) };
  }

  private take(atLeast: number): Uint8Array {
    const length = Math.ceil(atLeast / STEP_BYTES) * STEP_BYTES;
    if (this.used + length > this.chunk.length) {
      this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, length));
      this.used = 0;
    }
    this.used += length;
    return this.chunk.subarray(this.used - length, this.used);
  }
}
