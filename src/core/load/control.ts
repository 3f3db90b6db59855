// How a person steers a load that is under way: a pause, and a limit on the senders.
import { MAX_SENDERS } from './pace.ts';

export interface LoadLimits {
  /** No request begins; those on their way are answered. */
  readonly paused: boolean;
  /** The load finds the best number of senders by itself, up to this one (1 to MOST_SENDERS). */
  readonly maxSenders: number;
}

export const NO_LIMITS: LoadLimits = { paused: false, maxSenders: MAX_SENDERS };

/** What was wanted last, and who is told of the next wish. */
export class LoadControl {
  #limits: LoadLimits = NO_LIMITS;
  readonly #listeners = new Set<() => void>();

  get limits(): LoadLimits {
    return this.#limits;
  }

  /** Changes how the load goes on from now. */
  setLimits(limits: LoadLimits): void {
    this.#limits = limits;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back at each change; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
