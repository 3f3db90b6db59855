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
