// Memory that documents are written into, byte by byte or a few bytes at once.

export class Page {
  readonly bytes: Buffer;
  readonly view: DataView;

  constructor(memory: ArrayBuffer) {
    this.bytes = Buffer.from(memory);
    this.view = new DataView(memory);
  }
}

/** Memory that is given back is taken again, so that the system need not find new memory for each page. */
export class Pages {
  private free: Page[] = [];

  /** A page of at least this length. Shorter ones that are free are dropped: what is asked for now will be asked again. */
  take(length: number): Page {
    this.free = this.free.filter(({ bytes }) => bytes.length >= length);
    return this.free.pop() ?? new Page(new ArrayBuffer(length));
  }

  give(page: Page): void {
    this.free.push(page);
  }
}

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
