// A condition variable: many wait until something may have changed, then look again.

/** Each wait is a promise of its own, so that waiting a million times leaves nothing behind. */
export class Condition {
  #waiting: (() => void)[] = [];

  /** Wakes everyone who waits now. */
  readonly notifyAll = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  };

  /** Resolves at the next notification. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
