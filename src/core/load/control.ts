// How a person steers a load that is under way: a pause, and a limit on the senders.
import { MOST_SENDERS } from './pace.ts';

export interface Steering {
  /** No request begins; those on their way are answered. */
  readonly paused: boolean;
  /** The load finds the best number of senders by itself, up to this one (1 to MOST_SENDERS). */
  readonly mostSenders: number;
}

export const FREE: Steering = { paused: false, mostSenders: MOST_SENDERS };

/** What was wanted last, and a way to hear of the next wish. */
export class LoadControl {
  #steering: Steering = FREE;
  #wake: () => void = () => {};
  #next: Promise<void> = this.#wait();

  get steering(): Steering {
    return this.#steering;
  }

  /** Changes how the load goes on from now. */
  steer(steering: Steering): void {
    this.#steering = steering;
    const wake = this.#wake;
    this.#next = this.#wait();
    wake();
  }

  /** Resolves at the next change. */
  changed(): Promise<void> {
    return this.#next;
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
