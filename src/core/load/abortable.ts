// Waiting for something that may come after a stop.

/**
 * What the promise gives, or undefined as soon as the signal fires; a rejection that comes later goes nowhere. Leaves no
 * listener on the signal.
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise: stopped, resolve } = Promise.withResolvers<undefined>();
  const onAbort = () => resolve(undefined);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([stopped, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

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
