// Memory that documents are written into, byte by byte or a few bytes at once.

export class WriteBuffer {
  readonly bytes: Buffer;
  readonly view: DataView;

  constructor(memory: ArrayBuffer) {
    this.bytes = Buffer.from(memory);
    this.view = new DataView(memory);
  }
}

/** Memory that is given back is taken again, so that the system need not find new memory for each page. */
export class BufferPool {
  private free: WriteBuffer[] = [];

  /** A page of at least this length. Shorter ones that are free are dropped: what is asked for now will be asked again. */
  take(length: number): WriteBuffer {
    this.free = this.free.filter(({ bytes }) => bytes.length >= length);
    return this.free.pop() ?? new WriteBuffer(new ArrayBuffer(length));
  }

  give(page: WriteBuffer): void {
    this.free.push(page);
  }
}

const SLAB_BYTES = 1 << 18;

/** Rooms are a multiple of this long, so that the next text of about the same length fits too. */
const STEP_BYTES = 64;

/** A text, and the room it stands in. */
export interface Slot {
  readonly bytes: Uint8Array;
  readonly capacity: Uint8Array;
}

export class Slab {
  private chunk = Buffer.allocUnsafeSlow(SLAB_BYTES);
  private used = 0;

  /** Keeps a text as bytes; in the room of one that is not needed any more, when it fits there. */
  store(text: string, unused?: Slot): Slot {
    const bytes = Buffer.from(text);
    const room = unused && unused.capacity.length >= bytes.length ? unused.capacity : this.take(bytes.length);
    room.set(bytes);
    return { capacity: room, bytes: room.subarray(0, bytes.length) };
  }

  private take(atLeast: number): Uint8Array {
    const length = Math.ceil(atLeast / STEP_BYTES) * STEP_BYTES;
    if (this.used + length > this.chunk.length) {
      this.chunk = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, length));
      this.used = 0;
    }
    this.used += length;
    return this.chunk.subarray(this.used - length, this.used);
  }
}
