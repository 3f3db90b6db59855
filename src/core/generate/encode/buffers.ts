// Memory of the encoder: buffers that documents are written into, and slabs that templates are kept in.

/** Memory to write bytes or numbers into. */
export class WriteBuffer {
  readonly bytes: Buffer;
  readonly view: DataView;

  constructor(memory: ArrayBuffer) {
    this.bytes = Buffer.from(memory);
    this.view = new DataView(memory);
  }
}

/** Reuses buffers that were given back, so that the system does not have to find new memory for each batch. */
export class BufferPool {
  #free: WriteBuffer[] = [];

  /** A buffer of at least this length, in bytes. Shorter free ones are dropped: the next request is likely as long. */
  take(length: number): WriteBuffer {
    this.#free = this.#free.filter(({ bytes }) => bytes.length >= length);
    return this.#free.pop() ?? new WriteBuffer(new ArrayBuffer(length));
  }

  give(buffer: WriteBuffer): void {
    this.#free.push(buffer);
  }
}

const SLAB_BYTES = 1 << 18;

/** Slots are a multiple of this long, so that the next text of about the same length fits too. */
const SLOT_STEP_BYTES = 64;

/** A text as bytes, and the memory set aside for it. */
export interface Slot {
  readonly bytes: Uint8Array;
  readonly capacity: Uint8Array;
}

/** A slab allocator: small texts side by side in a few large pieces of memory. */
export class Slab {
  #memory = Buffer.allocUnsafeSlow(SLAB_BYTES);
  #used = 0;

  /** Stores a text as UTF-8, in the slot of one that is not needed any more if it fits there. */
  store(text: string, unused?: Slot): Slot {
    const bytes = Buffer.from(text);
    const capacity =
      unused && unused.capacity.length >= bytes.length ? unused.capacity : this.#take(bytes.length);
    capacity.set(bytes);
    return { capacity, bytes: capacity.subarray(0, bytes.length) };
  }

  #take(atLeast: number): Uint8Array {
    const length = Math.ceil(atLeast / SLOT_STEP_BYTES) * SLOT_STEP_BYTES;
    if (this.#used + length > this.#memory.length) {
      this.#memory = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, length));
      this.#used = 0;
    }
    this.#used += length;
    return this.#memory.subarray(this.#used - length, this.#used);
  }
}
