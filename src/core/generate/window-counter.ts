// Counts documents of one phase of one incident, or of normal operation, as fast as they are made.
import { BREAKER_STATES, GATEWAYS, SERVER_COUNT, SERVERS } from '../plan/shop.ts';
import { BUCKETS, bucketOf, bump, bumpIn, emptyWindow, type WindowTally } from './count/window-tally.ts';
import type { Row } from './customers/row.ts';

const STATES = BREAKER_STATES.length;

export class WindowCounter {
  private window = emptyWindow();
  private readonly histogram = new Uint32Array(BUCKETS);
  private readonly breakers = new Uint32Array(SERVER_COUNT * STATES);

  add(row: Row): void {
    const { window } = this;
    const { responseMs, reading } = row;
    if (window.documents === 0 || responseMs < window.minResponseMs) window.minResponseMs = responseMs;
    if (responseMs > window.maxResponseMs) window.maxResponseMs = responseMs;
    window.documents++;
    if (row.attempt > 0) window.retries++;
    if (reading.poolPending > 0) window.withWaiters++;
    if (reading.threads > window.maxThreads) window.maxThreads = reading.threads;
    if (reading.poolPending > window.maxPoolPending) window.maxPoolPending = reading.poolPending;
    if (reading.memory > window.maxMemory) window.maxMemory = reading.memory;
    if (reading.heap > window.maxHeap) window.maxHeap = reading.heap;
    if (reading.gcMs > window.maxGcMs) window.maxGcMs = reading.gcMs;
    const bucket = bucketOf(responseMs);
    this.histogram[bucket] = (this.histogram[bucket] ?? 0) + 1;
    const breaker = row.server * STATES + reading.breaker;
    this.breakers[breaker] = (this.breakers[breaker] ?? 0) + 1;
    if (row.failure) this.fail(row);
  }

  private fail(row: Row): void {
    const { code = '' } = row.failure ?? {};
    this.window.errors++;
    bump(this.window.byErrorCode, code);
    bumpIn(this.window.byCodeAndGateway, code, (row.step > 0 && GATEWAYS[row.gateway]) || 'none');
  }

  /** The counts since the last time. */
  take(): WindowTally {
    const { window } = this;
    if (window.documents === 0) return emptyWindow();
    this.histogram.forEach((count, bucket) => {
      if (count > 0) window.histogram[bucket] = count;
    });
    this.breakers.forEach((count, at) => {
      const server = SERVERS[Math.floor(at / STATES)] ?? '';
      const state = BREAKER_STATES[at % STATES] ?? '';
      if (count > 0) bumpIn(window.byServerAndBreaker, server, state, count);
    });
    this.histogram.fill(0);
    this.breakers.fill(0);
    this.window = emptyWindow();
    return window;
  }
}
