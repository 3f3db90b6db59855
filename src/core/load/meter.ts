// Counts and rates of a load, as its progress events report them.

import type { LoadProgress } from '../events.ts';

const RATE_WINDOW_MS = 3000;
const THROTTLED_MS = 2000;
/** Number of latest responses that p95 is computed from. */
const ANSWERS_KEPT = 100;

interface Sample {
  readonly at: number;
  readonly documents: number;
  readonly bytes: number;
}

/** Cumulative counts, kept by the senders. */
export class Meter {
  generated = 0;
  acknowledged = 0;
  alreadyThere = 0;
  refused = 0;
  bytes = 0;
  batches = 0;
  retried = 0;
  /** Batches that are not fully written or rejected yet. */
  delivering = 0;
  /** Batches of these that wait for the end of a pause. */
  held = 0;
  readonly #start: number;
  readonly #answers: number[] = [];
  #samples: Sample[] = [];
  #busyAt = Number.NEGATIVE_INFINITY;
  #heardAt: number;
  #trouble: string | undefined;

  /** Times are ms of a clock that never goes back. */
  constructor(now: number) {
    this.#start = now;
    this.#heardAt = now;
    this.#samples.push({ at: now, documents: 0, bytes: 0 });
  }

  /** Takes note of a response that took so many ms. */
  answered(ms: number): void {
    this.#answers.push(ms);
    if (this.#answers.length > ANSWERS_KEPT) this.#answers.shift();
  }

  /** Takes note that the cluster answered, or that waiting for it only begins now. */
  heard(now: number): void {
    this.#heardAt = now;
  }

  /** Takes note of why documents must be retried. */
  troubled(reason: string): void {
    this.#trouble = reason;
  }

  /** Notes that the cluster asked to slow down. */
  busy(now: number): void {
    this.#busyAt = now;
  }

  progress(now: number): LoadProgress {
    this.#samples.push({ at: now, documents: this.acknowledged, bytes: this.bytes });
    this.#samples = this.#samples.filter(({ at }) => now - at <= RATE_WINDOW_MS);
    const [oldest] = this.#samples;
    const seconds = Math.max(1, now - (oldest?.at ?? now)) / 1000;
    const { generated, acknowledged, alreadyThere, refused, bytes, batches, retried } = this;
    const senders = this.delivering - this.held;
    return {
      type: 'progress',
      generated,
      acknowledged,
      alreadyThere,
      refused,
      bytes,
      batches,
      retried,
      senders,
      documentsPerSecond: Math.round((acknowledged - (oldest?.documents ?? 0)) / seconds),
      bytesPerSecond: Math.round((bytes - (oldest?.bytes ?? 0)) / seconds),
      answerP95Ms: Math.round(percentile(this.#answers, 0.95)),
      elapsedMs: Math.round(now - this.#start),
      throttled: now - this.#busyAt < THROTTLED_MS,
      silentMs: senders === 0 ? 0 : Math.round(Math.max(0, now - this.#heardAt)),
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
    };
  }
}

/** The value that a share of the values does not exceed (nearest rank); 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
