// How many requests are on their way at once, and how large each is: more while that brings more, half when the
// cluster asks for less or its answers become slow.

const MIN_SENDERS = 1;
/** With requests of 4 MiB, 4 to 8 are equally fast on a node of two cores (`npm run bench`). */
const FIRST_SENDERS = 6;
/** As many at first, so that a cluster too slow for more answers within a request's time limit: 140 kB/s are enough. */
const SENDERS_UNTRIED = 2;
export const MAX_SENDERS = 8;

const MIB = 1 << 20;
/** Sizes of a request, bytes; the largest is under 8 MiB with whatever a proxy adds. */
const SIZES = [MIB / 4, MIB / 2, MIB, 2 * MIB, 4 * MIB, 7 * MIB];
/** Between 1 and 7 MiB no size wins in every run (`npm run bench -- settings`). */
const FIRST_SIZE = 4;
/** Size of the first requests, bytes. */
export const FIRST_BYTES = SIZES[FIRST_SIZE] ?? MIB;

/** A verdict on a change needs this much time, and some answers per sender. */
const TRIAL_MS = 1500;
const ANSWERS_PER_SENDER = 2;
/** A change must bring at least this much more throughput to stay. */
const WORTH_IT = 1.05;
/** When no change is worth it, or after a request for less, nothing is tried for this long. */
const REST_MS = 5000;
const ONE_REFUSAL_MS = 1000;
/** Answers are slow when they take this many times what is usual, for their size and the requests beside them. */
const SLOW = 4;
/** Answers that take longer are slow whatever is usual: a stop waits for them, and progress would come in jumps. */
const LONG_MS = 5000;
/** What made answers long is not tried again for this time. */
const LONG_REST_MS = 60_000;
/** Answers between this share of the time they took before and as much more are as long as they were. */
const ALIKE = 0.75;

type Knob = 'senders' | 'size';

export class Pace {
  #senders = SENDERS_UNTRIED;
  /** True until the cluster shows how fast it is. */
  #untried = true;
  #size = FIRST_SIZE;
  /** What is turned next, or was turned last. */
  #knob: Knob = 'senders';
  /** True while a change is on trial. */
  #trying = false;
  /** Changes in a row that were not worth it. */
  #misses = 0;
  /** Throughput before the change, bytes per ms. */
  #before = 0;
  #since: number;
  #bytes = 0;
  #answers = 0;
  #restUntil = 0;
  /** Usual time of an answer for each byte and request on its way, ms; 0 when unknown. */
  #usual = 0;
  #slowAnswers = 0;
  /** Long answers in a row, to requests that went out since the last change. */
  #longAnswers = 0;
  /** How long answers took when that was last weighed, ms; 0 when none was long since. */
  #longBefore = 0;
  /** Senders and size before less was sent because of that. */
  #more: readonly [number, number] = [SENDERS_UNTRIED, FIRST_SIZE];

  /** Times are ms of a clock that never goes back (performance.now). */
  constructor(now: number) {
    this.#since = now;
  }

  get senders(): number {
    return this.#senders;
  }

  /** Size of a request, bytes. */
  get size(): number {
    return SIZES[this.#size] ?? MIB;
  }

  /** An answer came for so many bytes after so many ms: perhaps it is time to judge the present senders and size. */
  answered(bytes: number, ms: number, now: number): void {
    this.#bytes += bytes;
    this.#answers++;
    if (bytes > 0 && ms > LONG_MS) {
      this.#long(ms, now);
      return;
    }
    this.#longAnswers = 0;
    this.#longBefore = 0;
    if (this.#untried) this.#open(now);
    if (this.#isSlow(bytes, ms)) {
      this.slowDown(now);
      return;
    }
    const elapsed = now - this.#since;
    if (elapsed < TRIAL_MS || this.#answers < ANSWERS_PER_SENDER * this.#senders || now < this.#restUntil)
      return;
    this.#judge(this.#bytes / elapsed, now);
  }

  /** The cluster answered 429 or 503. */
  slowDown(now: number): void {
    this.#untried = false;
    this.#longBefore = 0;
    // Requests that were on their way together are refused together: that counts once.
    if (now < this.#restUntil && now - this.#since < ONE_REFUSAL_MS) return;
    if (this.#senders > MIN_SENDERS) this.#senders = Math.floor(this.#senders / 2);
    else this.#size = Math.max(0, this.#size - 1);
    this.#trying = false;
    this.#rest(now);
  }

  /** A first answer came soon enough for all the senders. */
  #open(now: number): void {
    this.#untried = false;
    this.#senders = FIRST_SENDERS;
    this.#measure(now);
  }

  /** Sends less at once when every request on its way took too long; where that did not help, as much as before. */
  #long(ms: number, now: number): void {
    // What went out before the last change says nothing of it.
    if (now - ms < this.#since) return;
    this.#longAnswers++;
    if (this.#trying) {
      this.#takeBack();
      this.#rest(now, LONG_REST_MS);
    } else if (this.#longAnswers >= this.#senders) {
      if (ms > this.#longBefore * ALIKE && ms * ALIKE < this.#longBefore) {
        [this.#senders, this.#size] = this.#more;
        this.#rest(now);
      } else {
        this.#more = [this.#senders, this.#size];
        this.slowDown(now);
      }
      this.#longBefore = ms;
    }
  }

  /** True when every answer of late took far longer than is usual. */
  #isSlow(bytes: number, ms: number): boolean {
    if (bytes === 0 || ms === 0) return false;
    const time = ms / bytes / this.#senders;
    if (this.#usual > 0 && time > SLOW * this.#usual) {
      this.#slowAnswers++;
      return this.#slowAnswers > ANSWERS_PER_SENDER * this.#senders;
    }
    this.#slowAnswers = 0;
    this.#usual = this.#usual === 0 ? time : 0.9 * this.#usual + 0.1 * time;
    return false;
  }

  #judge(speed: number, now: number): void {
    if (this.#trying && speed < this.#before * WORTH_IT) {
      this.#takeBack();
      if (this.#misses >= 2) this.#rest(now);
      else this.#measure(now);
      return;
    }
    if (this.#trying) this.#misses = 0;
    this.#before = speed;
    this.#trying = this.#turn(1);
    if (!this.#trying) this.#knob = this.#knob === 'senders' ? 'size' : 'senders';
    this.#measure(now);
  }

  /** The change on trial was not worth it; the other knob is turned next. */
  #takeBack(): void {
    this.#turn(-1);
    this.#trying = false;
    this.#knob = this.#knob === 'senders' ? 'size' : 'senders';
    this.#misses++;
  }

  /** One step more or less; false when there is none. */
  #turn(by: 1 | -1): boolean {
    const [now, least, most] =
      this.#knob === 'senders'
        ? [this.#senders, MIN_SENDERS, MAX_SENDERS]
        : [this.#size, 0, SIZES.length - 1];
    const next = Math.min(most, Math.max(least, now + by));
    if (this.#knob === 'senders') this.#senders = next;
    else this.#size = next;
    return next !== now;
  }

  #rest(now: number, ms = REST_MS): void {
    this.#misses = 0;
    this.#slowAnswers = 0;
    this.#longAnswers = 0;
    // What is usual is learned afresh: a cluster may stay slower than it was.
    this.#usual = 0;
    this.#measure(now);
    this.#restUntil = now + ms;
  }

  #measure(now: number): void {
    this.#since = now;
    this.#bytes = 0;
    this.#answers = 0;
  }
}
