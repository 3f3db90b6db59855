// Commands on their way to a live shop. Loaded with the first frame, so it imports nothing.
import type { Gap } from './gap.ts';
import type { LiveCommand } from './types.ts';

export class LiveControl {
  #waiting: LiveCommand[] = [];
  #gap: Gap | undefined;

  /** The answer to `gap-found`. */
  chooseGap(gap: Gap): void {
    this.#gap = gap;
  }

  /** That answer; undefined before there is one. */
  takeGap(): Gap | undefined {
    return this.#gap;
  }

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
