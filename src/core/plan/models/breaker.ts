// A circuit breaker of one server, in expectation: counts of calls may be fractions.

/**
 * The rules are those of a count-based resilience4j breaker (CircuitBreakerConfig): a window of the last 100 calls, at
 * least 100 of them, 60 s open, 10 probes half open. The threshold is raised from its default of 50 % to 80 %.
 */
const BREAKER = { window: 100, threshold: 0.8, waitSeconds: 60, probes: 10 } as const;
/** Calls that a half-open breaker lets through. */
export const PROBES = BREAKER.probes;

export const CLOSED = 0;
export const OPEN = 1;
export const HALF_OPEN = 2;

/** Seconds of calls that are remembered; at the slowest the shop makes a call every few seconds. */
const WINDOW_SECONDS = 1024;

/** States change at readings only, every ten seconds, so that all documents of a reading agree on them. */
export class Breaker {
  state: typeof CLOSED | typeof OPEN | typeof HALF_OPEN = CLOSED;
  private since = 0;
  private probes = 0;
  private readonly working = new Float64Array(WINDOW_SECONDS);
  private readonly failing = new Float64Array(WINDOW_SECONDS);
  private oldest = 0;
  private newest = 0;
  private worked = 0;
  private failed = 0;

  /** How many of a second's calls go through: all, none, or what is left of the probes. */
  permit(calls: number): number {
    if (this.state === CLOSED) return calls;
    if (this.state === OPEN) return 0;
    const permitted = Math.min(calls, Math.max(0, BREAKER.probes - this.probes));
    this.probes += permitted;
    return permitted;
  }

  /** Records calls that ended in this second; rejected ones do not count. */
  record(worked: number, failed: number): void {
    const { working, failing } = this;
    working[this.newest % WINDOW_SECONDS] = worked;
    failing[this.newest % WINDOW_SECONDS] = failed;
    this.newest++;
    this.worked += worked;
    this.failed += failed;
    while (this.newest - this.oldest > 1) {
      const at = this.oldest % WINDOW_SECONDS;
      const first = (working[at] ?? 0) + (failing[at] ?? 0);
      const enough = this.worked + this.failed - first >= BREAKER.window;
      if (!enough && this.newest - this.oldest < WINDOW_SECONDS) return;
      this.worked -= working[at] ?? 0;
      this.failed -= failing[at] ?? 0;
      this.oldest++;
    }
  }

  /** Changes the state at a reading, if it is time. */
  read(second: number): void {
    const calls = this.worked + this.failed;
    const failing = this.failed >= BREAKER.threshold * calls;
    if (this.state === CLOSED && calls >= BREAKER.window && failing) this.turn(OPEN, second);
    else if (this.state === OPEN && second - this.since >= BREAKER.waitSeconds) this.turn(HALF_OPEN, second);
    else if (this.state === HALF_OPEN && calls >= BREAKER.probes - 0.01)
      this.turn(failing ? OPEN : CLOSED, second);
  }

  private turn(state: typeof CLOSED | typeof OPEN | typeof HALF_OPEN, second: number): void {
    this.state = state;
    this.since = second;
    this.probes = 0;
    this.oldest = this.newest;
    this.worked = 0;
    this.failed = 0;
  }
}
