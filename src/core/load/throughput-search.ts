// Looks for the number of senders and the request size that bring the most throughput: one step more at a time, kept
// only where it pays, with one of the two settings tried after the other.

const MIN_SENDERS = 1;
/** With requests of 4 MiB, 4 to 8 are equally fast on a node of two cores (`npm run bench`). */
const FIRST_SENDERS = 6;
/** Senders before the first response. A cluster of 140 kB/s still answers both within a request's time limit. */
const UNTRIED_SENDERS = 2;
export const MAX_SENDERS = 8;

const MIB = 1 << 20;
/** Sizes of a request, bytes; the largest stays under 8 MiB with whatever a proxy adds. */
const SIZES = [MIB / 4, MIB / 2, MIB, 2 * MIB, 4 * MIB, 7 * MIB];
/** Between 1 and 7 MiB no size wins in every run (`npm run bench -- settings`). */
const FIRST_SIZE = 4;
/** Size of the first requests, bytes. */
export const FIRST_BYTES = SIZES[FIRST_SIZE] ?? MIB;

/** A verdict on a change needs this much time, and some responses per sender. */
const TRIAL_MS = 1500;
const RESPONSES_PER_SENDER = 2;
/** A change must bring at least this much more throughput to stay. */
const MIN_GAIN = 1.05;
/** How long nothing is tried after changes that did not pay, or after less was sent. */
const REST_MS = 5000;

/** What a load sends at once. */
export interface Concurrency {
  readonly senders: number;
  /** Place of the request size in the list of sizes. */
  readonly size: number;
}

type Setting = keyof Concurrency;

const LIMITS: Readonly<Record<Setting, readonly [min: number, max: number]>> = {
  senders: [MIN_SENDERS, MAX_SENDERS],
  size: [0, SIZES.length - 1],
};

/** Times are ms of a clock that never goes back. */
export class ThroughputSearch {
  #current: Concurrency = { senders: UNTRIED_SENDERS, size: FIRST_SIZE };
  /** The setting that is changed next, or was changed last. */
  #setting: Setting = 'senders';
  #onTrial = false;
  /** Changes in a row that did not pay. */
  #misses = 0;
  /** Throughput before the change, bytes per ms. */
  #before = 0;
  #since: number;
  #bytes = 0;
  #responses = 0;
  #restUntil = 0;

  constructor(now: number) {
    this.#since = now;
  }

  get current(): Concurrency {
    return this.#current;
  }

  /** Size of a request, bytes. */
  get bytes(): number {
    return SIZES[this.#current.size] ?? MIB;
  }

  /** True while a change is being tried. */
  get onTrial(): boolean {
    return this.#onTrial;
  }

  /** When the present settings began to be measured. */
  get since(): number {
    return this.#since;
  }

  isResting(now: number): boolean {
    return now < this.#restUntil;
  }

  /** Counts a response to a request of so many bytes. */
  count(bytes: number): void {
    this.#bytes += bytes;
    this.#responses++;
  }

  /** Raises the senders to their usual number: the cluster has shown that it answers in time. */
  open(now: number): void {
    this.#current = { ...this.#current, senders: FIRST_SENDERS };
    this.#measure(now);
  }

  /**
   * Judges the present settings once they have been measured long enough, and tries the next change. True when no change
   * pays, so that nothing is tried for a while.
   */
  advance(now: number): boolean {
    const elapsed = now - this.#since;
    const enough = RESPONSES_PER_SENDER * this.#current.senders;
    if (elapsed < TRIAL_MS || this.#responses < enough || this.isResting(now)) return false;
    const speed = this.#bytes / elapsed;
    if (this.#onTrial && speed < this.#before * MIN_GAIN) {
      this.#takeBack();
      if (this.#misses < 2) {
        this.#measure(now);
        return false;
      }
      this.#rest(now);
      return true;
    }
    if (this.#onTrial) this.#misses = 0;
    this.#before = speed;
    this.#onTrial = this.#step(1);
    if (!this.#onTrial) this.#switch();
    this.#measure(now);
    return false;
  }

  /** Takes back a change on trial, and rests. */
  undoTrial(now: number, restMs: number): void {
    this.#takeBack();
    this.#rest(now, restMs);
  }

  /** Halves the senders, or with one left takes the next smaller size; then rests. */
  reduce(now: number): void {
    const { senders, size } = this.#current;
    this.#current =
      senders > MIN_SENDERS
        ? { senders: Math.floor(senders / 2), size }
        : { senders, size: Math.max(0, size - 1) };
    this.#onTrial = false;
    this.#rest(now);
  }

  /** Goes back to earlier settings, and rests. */
  restore(earlier: Concurrency, now: number): void {
    this.#current = earlier;
    this.#rest(now);
  }

  /** Tries nothing for a while. */
  #rest(now: number, ms = REST_MS): void {
    this.#misses = 0;
    this.#measure(now);
    this.#restUntil = now + ms;
  }

  /** The change on trial did not pay; the other setting is changed next. */
  #takeBack(): void {
    this.#step(-1);
    this.#onTrial = false;
    this.#switch();
    this.#misses++;
  }

  #switch(): void {
    this.#setting = this.#setting === 'senders' ? 'size' : 'senders';
  }

  /** One step more or less; false when there is none. */
  #step(by: 1 | -1): boolean {
    const now = this.#current[this.#setting];
    const [min, max] = LIMITS[this.#setting];
    const next = Math.min(max, Math.max(min, now + by));
    this.#current = { ...this.#current, [this.#setting]: next };
    return next !== now;
  }

  #measure(now: number): void {
    this.#since = now;
    this.#bytes = 0;
    this.#responses = 0;
  }
}
