// Exact counts of what was generated: what validation expects to find.
import { BLOCKS } from '../plan/curve.ts';
import type { GeneratedDocument } from './transaction.ts';

/** Counts of the documents of one phase of one incident. */
export interface WindowTally {
  documents: number;
  errors: number;
  byErrorCode: Record<string, number>;
  /** Error code, then gateway. */
  byCodeAndGateway: Record<string, Record<string, number>>;
  /** Server, then breaker state. */
  byServerAndBreaker: Record<string, Record<string, number>>;
  minResponseMs: number;
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

export interface Tally {
  documents: number;
  byStatus: { success: number; error: number };
  /** By hour of UTC, as ISO time of its start. */
  byHour: Record<string, number>;
  /** By part of the local day, in the order of BLOCKS: documents, each of which stands for `sample` transactions. */
  byBlock: number[];
  byErrorCode: Record<string, number>;
  /** Sum of sample_weight: transactions before sampling. */
  weight: number;
  responseMs: number;
  maxResponseMs: number;
  /** Errors that took 5,000 ms or longer. */
  slowErrors: number;
  /** Documents outside incidents and recoveries, and how many of them fail. */
  normal: WindowTally;
  /** In the order of the plan's incidents. */
  incidents: { incident: WindowTally; recovery: WindowTally }[];
}

function emptyWindow(): WindowTally {
  return {
    documents: 0,
    errors: 0,
    byErrorCode: {},
    byCodeAndGateway: {},
    byServerAndBreaker: {},
    minResponseMs: 0,
    maxResponseMs: 0,
    maxThreads: 0,
    maxPoolPending: 0,
    maxMemory: 0,
    maxHeap: 0,
    maxGcMs: 0,
    histogram: {},
  };
}

export function emptyTally(): Tally {
  return {
    documents: 0,
    byStatus: { success: 0, error: 0 },
    byHour: {},
    byBlock: BLOCKS.map(() => 0),
    byErrorCode: {},
    weight: 0,
    responseMs: 0,
    maxResponseMs: 0,
    slowErrors: 0,
    normal: emptyWindow(),
    incidents: [],
  };
}

/** Response times are counted in steps of 2 %: bucket n holds those from 1.02^n up to 1.02^(n+1). */
const STEP = Math.log(1.02);
const bucketOf = (ms: number) => Math.floor(Math.log(Math.max(1, ms)) / STEP);

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

const HOUR_MS = 3_600_000;
let lastHour = Number.NaN;
let lastHourName = '';

function hourOf(ms: number): string {
  const hour = Math.floor(ms / HOUR_MS);
  if (hour !== lastHour) {
    lastHour = hour;
    lastHourName = new Date(hour * HOUR_MS).toISOString();
  }
  return lastHourName;
}

const bump = (counts: Record<string, number>, name: string, by = 1) => {
  counts[name] = (counts[name] ?? 0) + by;
};

function bumpIn(counts: Record<string, Record<string, number>>, outer: string, inner: string): void {
  const held = counts[outer] ?? {};
  counts[outer] = held;
  bump(held, inner);
}

function foldWindow(window: WindowTally, { source }: GeneratedDocument): void {
  const ms = source.response_time_ms;
  window.minResponseMs = window.documents === 0 ? ms : Math.min(window.minResponseMs, ms);
  window.maxResponseMs = Math.max(window.maxResponseMs, ms);
  window.documents++;
  window.maxThreads = Math.max(window.maxThreads, source.thread_pool_active);
  window.maxPoolPending = Math.max(window.maxPoolPending, source.db_pool_pending);
  window.maxMemory = Math.max(window.maxMemory, source.memory_usage_percent);
  window.maxHeap = Math.max(window.maxHeap, source.heap_used_percent);
  window.maxGcMs = Math.max(window.maxGcMs, source.gc_pause_ms);
  bump(window.histogram, String(bucketOf(ms)));
  bumpIn(window.byServerAndBreaker, source.server_instance, source.circuit_breaker_state);
  if (source.error_code === undefined) return;
  window.errors++;
  bump(window.byErrorCode, source.error_code);
  bumpIn(window.byCodeAndGateway, source.error_code, source.payment_gateway ?? 'none');
}

/** Counts one document. */
export function fold(tally: Tally, document: GeneratedDocument): void {
  const { source, ms, phase, incident } = document;
  tally.documents++;
  tally.byStatus[source.status]++;
  bump(tally.byHour, hourOf(ms));
  tally.byBlock[document.block] = (tally.byBlock[document.block] ?? 0) + 1;
  tally.weight += source.sample_weight;
  tally.responseMs += source.response_time_ms;
  if (source.response_time_ms > tally.maxResponseMs) tally.maxResponseMs = source.response_time_ms;
  if (source.error_code !== undefined) {
    bump(tally.byErrorCode, source.error_code);
    if (source.response_time_ms >= 5000) tally.slowErrors++;
  }
  if (incident < 0) {
    foldWindow(tally.normal, document);
    return;
  }
  while (tally.incidents.length <= incident)
    tally.incidents.push({ incident: emptyWindow(), recovery: emptyWindow() });
  const held = tally.incidents[incident];
  if (held) foldWindow(phase === 1 ? held.incident : held.recovery, document);
}

const addCounts = (into: Record<string, number>, from: Readonly<Record<string, number>>) => {
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

function addWindow(into: WindowTally, from: WindowTally): void {
  if (from.documents === 0) return;
  into.minResponseMs =
    into.documents === 0 ? from.minResponseMs : Math.min(into.minResponseMs, from.minResponseMs);
  into.maxResponseMs = Math.max(into.maxResponseMs, from.maxResponseMs);
  for (const name of ['maxThreads', 'maxPoolPending', 'maxMemory', 'maxHeap', 'maxGcMs'] as const)
    into[name] = Math.max(into[name], from[name]);
  into.documents += from.documents;
  into.errors += from.errors;
  addCounts(into.byErrorCode, from.byErrorCode);
  addNested(into.byCodeAndGateway, from.byCodeAndGateway);
  addNested(into.byServerAndBreaker, from.byServerAndBreaker);
  addCounts(into.histogram, from.histogram);
}

/** Adds b to a and returns a: the tallies of two parts become that of both. */
export function mergeTally(a: Tally, b: Tally): Tally {
  a.documents += b.documents;
  a.byStatus.success += b.byStatus.success;
  a.byStatus.error += b.byStatus.error;
  addCounts(a.byHour, b.byHour);
  a.byBlock = a.byBlock.map((count, block) => count + (b.byBlock[block] ?? 0));
  addCounts(a.byErrorCode, b.byErrorCode);
  a.weight += b.weight;
  a.responseMs += b.responseMs;
  a.maxResponseMs = Math.max(a.maxResponseMs, b.maxResponseMs);
  a.slowErrors += b.slowErrors;
  addWindow(a.normal, b.normal);
  while (a.incidents.length < b.incidents.length)
    a.incidents.push({ incident: emptyWindow(), recovery: emptyWindow() });
  for (const [index, { incident, recovery }] of b.incidents.entries()) {
    const held = a.incidents[index];
    if (!held) continue;
    addWindow(held.incident, incident);
    addWindow(held.recovery, recovery);
  }
  return a;
}
