// Work of which only so much goes on at once.

/** Runs pieces of work, at most so many at a time; the first failure ends it. */
export class AtMost {
  readonly #limit: number;
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Starts a piece, once fewer than the limit run. Rejects with the error of an earlier one, and starts nothing then. */
  async start(work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#limit) await Promise.race(this.#running);
    this.#rethrow();
    const running: Promise<void> = work().then(
      () => this.#ended(running),
      (error: unknown) => {
        this.#failure ??= { error };
        this.#ended(running);
      },
    );
    this.#running.add(running);
  }

  /** Resolves when every piece has ended. Rejects with the first error. */
  async end(): Promise<void> {
    await Promise.all(this.#running);
    this.#rethrow();
  }

  #ended(running: Promise<void>): void {
    this.#running.delete(running);
  }

  #rethrow(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
