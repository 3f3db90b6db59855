// Room for many small texts in few buffers.

const CHUNK_BYTES = 1 << 18;

export class Arena {
  private chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  private used = 0;

  /** Keeps a text as bytes; in the room of one that is not needed any more, when it fits there. */
  keep(text: string, unused?: Uint8Array): Uint8Array {
    const bytes = Buffer.from(text);
    const room = unused && unused.length >= bytes.length ? unused : this.take(bytes.length);
    room.set(bytes);
    return room.length === bytes.length ? room : room.subarray(0, bytes.length);
  }

  private take(length: number): Uint8Array {
    if (this.used + length > this.chunk.length) {
      this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, length));
      this.used = 0;
    }
    this.used += length;
    return this.chunk.subarray(this.used - length, this.used);
  }
}
