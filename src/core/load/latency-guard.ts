// Notices that responses become slow, and says what to do: slow compared with what is usual, or simply too long.

/** Responses are slow when they take this many times what is usual for their size and the requests beside them. */
const SLOW_FACTOR = 4;
/** So many slow responses per sender in a row, and one more, mean that the cluster is slow. */
const SLOW_PER_SENDER = 2;
/** Responses that take longer are too long whatever is usual: a stop waits for them, and progress comes in jumps. */
const LONG_MS = 5000;
/** Responses between this share of an earlier time and as much more take as long as before. */
const ALIKE = 0.75;

/** What to do about responses that take too long. */
export type LongVerdict =
  /** Not known to be a pattern yet. */
  | 'wait'
  /** The change on trial made them long: take it back. */
  | 'undo-trial'
  /** All of them are long: send less. */
  | 'reduce'
  /** Sending less made them no shorter: send as much as before. */
  | 'restore';

/** What is being sent when a response comes. */
export interface Sending {
  readonly senders: number;
  /** True while a change of the settings is being tried. */
  readonly onTrial: boolean;
  /** Since when the settings are what they are, ms. */
  readonly since: number;
}

export class LatencyGuard {
  /** Usual time of a response for each byte and request in flight, ms; 0 when unknown. */
  #usual = 0;
  /** Slow responses in a row. */
  #slow = 0;
  /** Long responses in a row, to requests that went out since the last change. */
  #long = 0;
  /** How long responses took when that was last judged, ms; 0 when none was long since. */
  #longBefore = 0;

  /** True for a response so long that `judgeLong` decides what follows from it. */
  isLong(bytes: number, ms: number): boolean {
    return bytes > 0 && ms > LONG_MS;
  }

  /** Judges a response that took too long. @param now its time, ms. */
  judgeLong(ms: number, now: number, { senders, onTrial, since }: Sending): LongVerdict {
    // A request that went out before the last change says nothing about it.
    if (now - ms < since) return 'wait';
    this.#long++;
    if (onTrial) return 'undo-trial';
    if (this.#long < senders) return 'wait';
    const alike = ms > this.#longBefore * ALIKE && ms * ALIKE < this.#longBefore;
    this.#longBefore = ms;
    return alike ? 'restore' : 'reduce';
  }

  /** A response came that was not too long. */
  inTime(): void {
    this.#long = 0;
    this.#longBefore = 0;
  }

  /** True when every recent response took far longer than is usual. */
  isSlow(bytes: number, ms: number, senders: number): boolean {
    if (bytes === 0 || ms === 0) return false;
    const time = ms / bytes / senders;
    if (this.#usual > 0 && time > SLOW_FACTOR * this.#usual) {
      this.#slow++;
      return this.#slow > SLOW_PER_SENDER * senders;
    }
    this.#slow = 0;
    this.#usual = this.#usual === 0 ? time : 0.9 * this.#usual + 0.1 * time;
    return false;
  }

  /** Forgets how long responses took: the cluster has asked to slow down. */
  forgetLong(): void {
    this.#longBefore = 0;
  }

  /** Learns afresh what is usual, after a change: a cluster may stay slower than it was. */
  reset(): void {
    this.#usual = 0;
    this.#slow = 0;
    this.#long = 0;
  }
}
