// How often each response time occurs, exactly: response times are whole milliseconds.

/** Documents by response time, ms; times that do not occur are left out. */
export type ResponseTimes = Record<string, number>;

/** In binary fractions, 0.07 · 100 is more than 7. */
const RANK_DUST = 1e-6;

const FIRST_LENGTH = 2048;

/** Counts response times in a hot loop. */
export class ResponseTimeCounter {
  private counts = new Uint32Array(FIRST_LENGTH);

  /** Counts a response time, a whole number of ms. */
  add(ms: number): void {
    if (ms >= this.counts.length) this.grow(ms);
    this.counts[ms] = (this.counts[ms] ?? 0) + 1;
  }

  /** The counts since the last call. */
  take(): ResponseTimes {
    const times: ResponseTimes = {};
    this.counts.forEach((count, ms) => {
      if (count > 0) times[ms] = count;
    });
    this.counts = new Uint32Array(FIRST_LENGTH);
    return times;
  }

  private grow(ms: number): void {
    const before = this.counts;
    let length = before.length;
    while (length <= ms) length *= 2;
    this.counts = new Uint32Array(length);
    this.counts.set(before);
  }
}

/**
 * The nearest-rank quantile, ms: the smallest response time that at least this share of the documents do not exceed, so
 * it is one that occurs. 0 when there are no documents. @param share above 0, at most 1.
 */
export function quantile(times: Readonly<ResponseTimes>, share: number): number {
  // Names that are whole numbers come in their order.
  const counts = Object.entries(times);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.ceil(share * total - RANK_DUST);
  let below = 0;
  for (const [ms, count] of counts) {
    below += count;
    if (below >= rank) return Number(ms);
  }
  return 0;
}
