// Commands on their way to a live shop. Loaded with the first frame, so it imports nothing.
import type { LiveCommand } from './types.ts';

export class LiveControl {
  #waiting: LiveCommand[] = [];

  /** Carried out at the next tick. */
  send(command: LiveCommand): void {
    this.#waiting.push(command);
  }

  /** The commands since the last call, in order. */
  take(): LiveCommand[] {
    const all = this.#waiting;
    this.#waiting = [];
    return all;
  }
}
