// How many requests are in flight, and how large each is: more while that brings throughput (throughput-search.ts), half
// when the cluster asks for less or its responses become slow (latency-guard.ts).
import { LatencyGuard } from './latency-guard.ts';
import { type Concurrency, ThroughputSearch } from './throughput-search.ts';

/** Rejections that come this close together count once. */
const ONE_REJECTION_MS = 1000;
/** How long what made responses too long is not tried again. */
const LONG_REST_MS = 60_000;

/** Times are ms of a clock that never goes back. */
export class ConcurrencyController {
  readonly #search: ThroughputSearch;
  readonly #guard = new LatencyGuard();
  /** True until the cluster shows how fast it is. */
  #untried = true;
  /** What was sent before responses became too long. */
  #beforeLong: Concurrency;

  constructor(now: number) {
    this.#search = new ThroughputSearch(now);
    this.#beforeLong = this.#search.current;
  }

  /** How many requests may be in flight. */
  get senders(): number {
    return this.#search.current.senders;
  }

  /** Size of a request, bytes. */
  get size(): number {
    return this.#search.bytes;
  }

  /** Takes note of a response to so many bytes after so many ms. */
  answered(bytes: number, ms: number, now: number): void {
    this.#search.count(bytes);
    if (this.#guard.isLong(bytes, ms)) {
      this.#tookLong(ms, now);
      return;
    }
    this.#guard.inTime();
    if (this.#untried) {
      this.#untried = false;
      this.#search.open(now);
    }
    if (this.#guard.isSlow(bytes, ms, this.senders)) this.slowDown(now);
    else if (this.#search.advance(now)) this.#guard.reset();
  }

  /** Notes that the cluster asked to slow down (429, 503). */
  slowDown(now: number): void {
    this.#guard.forgetLong();
    this.#reduce(now);
  }

  #tookLong(ms: number, now: number): void {
    const { senders } = this;
    const { onTrial, since } = this.#search;
    const verdict = this.#guard.judgeLong(ms, now, { senders, onTrial, since });
    if (verdict === 'wait') return;
    if (verdict === 'reduce') {
      this.#beforeLong = this.#search.current;
      this.#reduce(now);
      return;
    }
    if (verdict === 'undo-trial') this.#search.undoTrial(now, LONG_REST_MS);
    else this.#search.restore(this.#beforeLong, now);
    this.#guard.reset();
  }

  #reduce(now: number): void {
    this.#untried = false;
    // Requests that were in flight together are rejected together.
    if (this.#search.isResting(now) && now - this.#search.since < ONE_REJECTION_MS) return;
    this.#search.reduce(now);
    this.#guard.reset();
  }
}
