// What a person may change about a load that is under way: a pause, and a limit on the senders.
import { MAX_SENDERS } from './throughput-search.ts';

export interface LoadLimits {
  /** No request begins; those in flight are still answered. */
  readonly paused: boolean;
  /** The load finds the best number of senders by itself, up to this one (1 to MAX_SENDERS). */
  readonly maxSenders: number;
}

export const NO_LIMITS: LoadLimits = { paused: false, maxSenders: MAX_SENDERS };

/** The limits that were set last, and who wants to know about changes. */
export class LoadControl {
  #limits: LoadLimits = NO_LIMITS;
  readonly #listeners = new Set<() => void>();

  get limits(): LoadLimits {
    return this.#limits;
  }

  /** Sets the limits from now on. */
  setLimits(limits: LoadLimits): void {
    this.#limits = limits;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back at each change; returns the function that ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
