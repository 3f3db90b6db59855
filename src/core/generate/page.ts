// Memory that documents are written into, byte by byte or a few bytes at once.

export class Page {
  readonly bytes: Buffer;
  readonly view: DataView;

  constructor(memory: ArrayBuffer) {
    this.bytes = Buffer.from(memory);
    this.view = new DataView(memory);
  }
}

/** Pages of one size. One that is given back is taken again, so that the system need not find new memory each time. */
export class Pages {
  private readonly length: number;
  private readonly free: Page[] = [];

  /** @param length bytes of a page. */
  constructor(length: number) {
    this.length = length;
  }

  take(): Page {
    return this.free.pop() ?? new Page(new ArrayBuffer(this.length));
  }

  give(page: Page): void {
    this.free.push(page);
  }
}
