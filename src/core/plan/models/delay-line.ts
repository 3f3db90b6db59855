// Amounts that come due some seconds later: calls that hang, retries that wait.

/** A ring of seconds; amounts may be fractions, and delays up to 127 s. */
export class DelayLine {
  private readonly ring = new Float64Array(128);

  /** Makes an amount due at a second. */
  add(second: number, amount: number): void {
    this.ring[second & 127] = (this.ring[second & 127] ?? 0) + amount;
  }

  /** What is due at a second; call it once for each second, in order. */
  take(second: number): number {
    const due = this.ring[second & 127] ?? 0;
    this.ring[second & 127] = 0;
    return due;
  }
}
