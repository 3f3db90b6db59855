// The calls of one server to a gateway in trouble: hanging ones hold threads, failures open the breaker, and calls that
// fail or are rejected come back as retries.
import { THREADS } from '../shop.ts';
import { Breaker } from './breaker.ts';
import { QUICK_FAILURE_MS, RETRY_FAILED_MS, RETRY_REFUSED_MS } from './call-times.ts';
import { DelayLine } from './delay-line.ts';

/** One attempt and two retries. */
const ATTEMPTS = 3;
/** Threads that are kept for requests that do not call the gateway. */
const RESERVED = 10;

/** What a gateway does to the calls of a second, and how persistently they are retried. */
export interface CallRules {
  /** Share of first calls that fail, and of those that failed before: all of them come from where it fails. */
  readonly failing: number;
  readonly failingAgain: number;
  /** Share of the others that get a quick 502. */
  readonly bad: number;
  /** Seconds a failing call takes. */
  readonly failSeconds: number;
  readonly retryFailed: readonly [number, number];
  readonly retryRefused: readonly [number, number];
}

/** Call second() for each second in order; the fields say how it went, in calls (fractions are fine). */
export class GatewayCalls {
  readonly breaker = new Breaker();
  attempts = 0;
  refused = 0;
  failed = 0;
  bad = 0;
  worked = 0;
  /** Calls that hang, each with a thread. */
  held = 0;
  private waiting = 0;
  private readonly hanging = new DelayLine();
  private readonly retries = Array.from({ length: ATTEMPTS }, () => new DelayLine());

  second(second: number, firstAttempts: number, rules: CallRules): void {
    const ended = this.hanging.take(second);
    this.held -= ended;
    this.attempts = 0;
    this.refused = 0;
    this.failed = 0;
    this.bad = 0;
    this.worked = 0;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const due = this.retries[attempt]?.take(second) ?? 0;
      this.calls(second, attempt, attempt === 0 ? firstAttempts + this.waiting : due, rules);
    }
    this.hanging.add(second + rules.failSeconds, this.failed);
    this.held += this.failed;
    this.breaker.record(this.worked, ended + this.bad);
  }

  private calls(second: number, attempt: number, wanted: number, rules: CallRules): void {
    const permitted = this.breaker.permit(wanted);
    const through = Math.min(permitted, Math.max(0, THREADS - RESERVED - this.held - this.failed));
    // A call without a thread waits for the next second.
    const late = permitted - through;
    if (attempt === 0) this.waiting = late;
    else this.retries[attempt]?.add(second + 1, late);
    const failed = through * (attempt === 0 ? rules.failing : rules.failingAgain);
    const bad = (through - failed) * rules.bad;
    const refused = wanted - permitted;
    this.attempts += through + refused;
    this.refused += refused;
    this.failed += failed;
    this.bad += bad;
    this.worked += through - failed - bad;
    const next = this.retries[attempt + 1];
    if (!next) return;
    const again = rules.retryFailed[attempt] ?? 0;
    next.add(second + rules.failSeconds + RETRY_FAILED_MS / 1000, failed * again);
    next.add(second + (QUICK_FAILURE_MS + RETRY_FAILED_MS) / 1000, bad * again);
    next.add(second + RETRY_REFUSED_MS / 1000, refused * (rules.retryRefused[attempt] ?? 0));
  }
}
