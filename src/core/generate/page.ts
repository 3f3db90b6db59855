// Memory that documents are written into, byte by byte or a few bytes at once.

export class Page {
  readonly bytes: Buffer;
  readonly view: DataView;

  /** @param length bytes. */
  constructor(length: number) {
    this.bytes = Buffer.allocUnsafeSlow(length);
    this.view = new DataView(this.bytes.buffer);
  }
}
