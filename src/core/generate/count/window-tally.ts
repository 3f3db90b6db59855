// Exact counts of one phase of one incident, or of normal operation.
import type { ResponseTimes } from './response-times.ts';

/** Counts of the documents of one phase of one incident. */
export interface WindowTally {
  documents: number;
  errors: number;
  byErrorCode: Record<string, number>;
  /** Error code, then gateway. */
  byCodeAndGateway: Record<string, Record<string, number>>;
  /** Server, then breaker state. */
  byServerAndBreaker: Record<string, Record<string, number>>;
  /** Second and later attempts, by gateway. */
  retries: Record<string, number>;
  /** Documents of servers on which requests wait for a connection. */
  withWaiters: number;
  maxResponseMs: number;
  /** Highest readings of the servers. */
  maxThreads: number;
  maxPoolPending: number;
  maxMemory: number;
  maxHeap: number;
  maxGcMs: number;
  responseTimes: ResponseTimes;
  /**
   * When the first document ended that has an error code of incidents, took SYMPTOM_MS or longer, or reports an open
   * breaker, ms since 1970; 0 for none.
   */
  firstErrorMs: number;
  firstSlowMs: number;
  firstOpenMs: number;
}

export function emptyWindow(): WindowTally {
  return {
    documents: 0,
    errors: 0,
    byErrorCode: {},
    byCodeAndGateway: {},
    byServerAndBreaker: {},
    retries: {},
    withWaiters: 0,
    maxResponseMs: 0,
    maxThreads: 0,
    maxPoolPending: 0,
    maxMemory: 0,
    maxHeap: 0,
    maxGcMs: 0,
    responseTimes: {},
    firstErrorMs: 0,
    firstSlowMs: 0,
    firstOpenMs: 0,
  };
}

/** A response that takes this long, ms, is a symptom: in normal operation hardly one in ten thousand does. */
export const SYMPTOM_MS = 5000;

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

/** The earlier of two moments, ms since 1970; 0 stands for none. */
export const earlier = (a: number, b: number) => (a === 0 || b === 0 ? a + b : Math.min(a, b));

/** Adds the counts of one window to another. */
export function addWindow(into: WindowTally, from: WindowTally): void {
  if (from.documents === 0) return;
  into.maxResponseMs = Math.max(into.maxResponseMs, from.maxResponseMs);
  for (const name of ['maxThreads', 'maxPoolPending', 'maxMemory', 'maxHeap', 'maxGcMs'] as const)
    into[name] = Math.max(into[name], from[name]);
  into.documents += from.documents;
  into.errors += from.errors;
  addCounts(into.retries, from.retries);
  into.withWaiters += from.withWaiters;
  addCounts(into.byErrorCode, from.byErrorCode);
  addNested(into.byCodeAndGateway, from.byCodeAndGateway);
  addNested(into.byServerAndBreaker, from.byServerAndBreaker);
  for (const name of ['firstErrorMs', 'firstSlowMs', 'firstOpenMs'] as const)
    into[name] = earlier(into[name], from[name]);
  addCounts(into.responseTimes, from.responseTimes);
}
