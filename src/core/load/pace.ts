// How many requests are on their way at once: more while that brings more, half when the cluster asks for less.

const FEWEST_SENDERS = 1;
const FIRST_SENDERS = 3;
export const MOST_SENDERS = 8;

/** A verdict on a number of senders needs this much time, and some answers per sender. */
const TRIAL_MS = 1500;
const ANSWERS_PER_SENDER = 2;
/** More senders must bring at least this much more throughput to stay. */
const WORTH_IT = 1.05;
/** After a failed trial or a request for less, no growth for this long. */
const REST_MS = 5000;
const ONE_REFUSAL_MS = 1000;

export class Pace {
  #senders = FIRST_SENDERS;
  #since: number;
  #bytes = 0;
  #answers = 0;
  /** Throughput with one sender less, bytes per ms; 0 when unknown. */
  #before = 0;
  #restUntil = 0;

  constructor(now: number) {
    this.#since = now;
  }

  get senders(): number {
    return this.#senders;
  }

  /** An answer came for so many bytes: perhaps it is time to judge the present number of senders. */
  answered(bytes: number, now: number): void {
    this.#bytes += bytes;
    this.#answers++;
    const elapsed = now - this.#since;
    if (elapsed < TRIAL_MS || this.#answers < ANSWERS_PER_SENDER * this.#senders || now < this.#restUntil)
      return;
    const speed = this.#bytes / elapsed;
    if (this.#before > 0 && speed < this.#before * WORTH_IT) {
      this.#rest(this.#senders - 1, now);
      return;
    }
    if (this.#senders < MOST_SENDERS) this.#begin(this.#senders + 1, speed, now);
  }

  /** The cluster answered 429 or 503. */
  slowDown(now: number): void {
    // Requests that were on their way together are refused together: that counts once.
    if (now < this.#restUntil && now - this.#since < ONE_REFUSAL_MS) return;
    this.#rest(Math.floor(this.#senders / 2), now);
  }

  #rest(senders: number, now: number): void {
    this.#begin(Math.max(FEWEST_SENDERS, senders), 0, now);
    this.#restUntil = now + REST_MS;
  }

  #begin(senders: number, before: number, now: number): void {
    this.#senders = senders;
    this.#before = before;
    this.#since = now;
    this.#bytes = 0;
    this.#answers = 0;
  }
}
