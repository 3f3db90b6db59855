// Something that is waited for again and again.

/** Each wait is a promise of its own, so that waiting a million times leaves nothing behind. */
export class Bell {
  #waiting: (() => void)[] = [];

  /** Wakes all who wait now. */
  readonly ring = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  };

  /** Resolves when it rings next. */
  rung(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
