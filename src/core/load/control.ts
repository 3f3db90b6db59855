// How a person steers a load that is under way: a pause, and a limit on the senders.
import { MOST_SENDERS } from './pace.ts';

export interface Steering {
  /** No request begins; those on their way are answered. */
  readonly paused: boolean;
  /** The load finds the best number of senders by itself, up to this one (1 to MOST_SENDERS). */
  readonly mostSenders: number;
}

export const FREE: Steering = { paused: false, mostSenders: MOST_SENDERS };

/** What was wanted last, and who is told of the next wish. */
export class LoadControl {
  #steering: Steering = FREE;
  readonly #listeners = new Set<() => void>();

  get steering(): Steering {
    return this.#steering;
  }

  /** Changes how the load goes on from now. */
  steer(steering: Steering): void {
    this.#steering = steering;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back at each change; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
