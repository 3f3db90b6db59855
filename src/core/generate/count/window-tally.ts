// Exact counts of one phase of one incident, or of normal operation.
import { MAX_RESPONSE_MS } from '../../plan/timeline.ts';

/** Counts of the documents of one phase of one incident. */
export interface WindowTally {
  documents: number;
  errors: number;
  byErrorCode: Record<string, number>;
  /** Error code, then gateway. */
  byCodeAndGateway: Record<string, Record<string, number>>;
  /** Server, then breaker state. */
  byServerAndBreaker: Record<string, Record<string, number>>;
  /** Second and third attempts. */
  retries: number;
  /** Documents of servers on which requests wait for a connection. */
  withWaiters: number;
  maxResponseMs: number;
  /** Highest readings of the servers. */
  maxThreads: number;
  maxPoolPending: number;
  maxMemory: number;
  maxHeap: number;
  maxGcMs: number;
  /** Documents by response time; see bucketOf. */
  histogram: Record<string, number>;
}

export function emptyWindow(): WindowTally {
  return {
    documents: 0,
    errors: 0,
    byErrorCode: {},
    byCodeAndGateway: {},
    byServerAndBreaker: {},
    retries: 0,
    withWaiters: 0,
    maxResponseMs: 0,
    maxThreads: 0,
    maxPoolPending: 0,
    maxMemory: 0,
    maxHeap: 0,
    maxGcMs: 0,
    histogram: {},
  };
}

/** Response times are counted in steps of 2 %: bucket n holds those from 1.02^n up to 1.02^(n+1). */
const STEP = Math.log(1.02);
const bucketFrom = (ms: number) => Math.floor(Math.log(Math.max(1, ms)) / STEP);
const BUCKET_OF = Uint16Array.from({ length: MAX_RESPONSE_MS + 1 }, (_, ms) => bucketFrom(ms));

/** Number of the bucket of a response time. @param ms a whole number. */
export const bucketOf = (ms: number): number => BUCKET_OF[ms] ?? bucketFrom(ms);

/** Buckets in use. */
export const BUCKETS = bucketFrom(10 * MAX_RESPONSE_MS) + 1;

/** The response time below which a share of the documents lie, within 2 %; 0 when there are none. */
export function quantile(histogram: Readonly<Record<string, number>>, share: number): number {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .sort((a, b) => a.bucket - b.bucket);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  let below = 0;
  for (const { bucket, count } of buckets) {
    below += count;
    if (below >= share * total) return Math.round(Math.exp((bucket + 0.5) * STEP));
  }
  return 0;
}

/** Adds to a count. */
export const bump = (counts: Record<string, number>, name: string, by = 1) => {
  counts[name] = (counts[name] ?? 0) + by;
};

/** Adds to a count in a group of counts. */
export function bumpIn(
  counts: Record<string, Record<string, number>>,
  outer: string,
  inner: string,
  by = 1,
): void {
  const held = counts[outer] ?? {};
  counts[outer] = held;
  bump(held, inner, by);
}

/** Adds the counts of one record to another. */
export const addCounts = (into: Record<string, number>, from: Readonly<Record<string, number>>) => {
  for (const [name, count] of Object.entries(from)) bump(into, name, count);
};

function addNested(
  into: Record<string, Record<string, number>>,
  from: Readonly<Record<string, Readonly<Record<string, number>>>>,
): void {
  for (const [name, counts] of Object.entries(from)) {
    const held = into[name] ?? {};
    into[name] = held;
    addCounts(held, counts);
  }
}

/** Adds the counts of one window to another. */
export function addWindow(into: WindowTally, from: WindowTally): void {
  if (from.documents === 0) return;
  into.maxResponseMs = Math.max(into.maxResponseMs, from.maxResponseMs);
  for (const name of ['maxThreads', 'maxPoolPending', 'maxMemory', 'maxHeap', 'maxGcMs'] as const)
    into[name] = Math.max(into[name], from[name]);
  into.documents += from.documents;
  into.errors += from.errors;
  into.retries += from.retries;
  into.withWaiters += from.withWaiters;
  addCounts(into.byErrorCode, from.byErrorCode);
  addNested(into.byCodeAndGateway, from.byCodeAndGateway);
  addNested(into.byServerAndBreaker, from.byServerAndBreaker);
  addCounts(into.histogram, from.histogram);
}
