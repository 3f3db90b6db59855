// Counts the documents of one phase of one incident, or of normal operation.
import { INCIDENT_CODES } from '../../plan/models/registry.ts';
import { BREAKER_STATES, GATEWAYS, SERVER_COUNT, SERVERS } from '../../plan/shop.ts';
import type { Row } from '../customers/row.ts';
import type { Reading } from '../customers/shop-state.ts';
import { ResponseTimeCounter } from './response-times.ts';
import { bump, bumpIn, earlier, emptyWindow, SYMPTOM_MS, type WindowTally } from './window-tally.ts';

const STATES = BREAKER_STATES.length;
const OPEN = BREAKER_STATES.indexOf('open');
const OF_INCIDENTS: ReadonlySet<string> = new Set(INCIDENT_CODES);

/** Fast counters of a hot loop, which become a tally when they are taken. */
export class WindowCounter {
  private window = emptyWindow();
  private readonly times = new ResponseTimeCounter();
  private readonly breakers = new Uint32Array(SERVER_COUNT * STATES);

  /** Counts one document. */
  add(row: Row): void {
    const { window } = this;
    const { ms, responseMs, reading } = row;
    if (responseMs > window.maxResponseMs) window.maxResponseMs = responseMs;
    if (responseMs >= SYMPTOM_MS) window.firstSlowMs = earlier(window.firstSlowMs, ms);
    if (reading.breaker === OPEN) window.firstOpenMs = earlier(window.firstOpenMs, ms);
    window.documents++;
    if (row.attempt > 0) bump(window.retries, GATEWAYS[row.gateway] ?? '');
    if (reading.reported) this.read(reading);
    this.times.add(responseMs);
    const breaker = row.server * STATES + reading.breaker;
    this.breakers[breaker] = (this.breakers[breaker] ?? 0) + 1;
    if (row.failure) this.fail(row);
  }

  private read({ poolPending, threads, memory, heap, gcMs }: Reading): void {
    const { window } = this;
    if (poolPending > 0) window.withWaiters++;
    if (threads > window.maxThreads) window.maxThreads = threads;
    if (poolPending > window.maxPoolPending) window.maxPoolPending = poolPending;
    if (memory > window.maxMemory) window.maxMemory = memory;
    if (heap > window.maxHeap) window.maxHeap = heap;
    if (gcMs > window.maxGcMs) window.maxGcMs = gcMs;
  }

  private fail(row: Row): void {
    const { window } = this;
    const { code = '' } = row.failure ?? {};
    window.errors++;
    if (OF_INCIDENTS.has(code)) window.firstErrorMs = earlier(window.firstErrorMs, row.ms);
    bump(window.byErrorCode, code);
    bumpIn(window.byCodeAndGateway, code, (row.step > 0 && GATEWAYS[row.gateway]) || 'none');
  }

  /** The counts since the last call. */
  take(): WindowTally {
    const { window } = this;
    if (window.documents === 0) return emptyWindow();
    window.responseTimes = this.times.take();
    this.breakers.forEach((count, at) => {
      const server = SERVERS[Math.floor(at / STATES)] ?? '';
      const state = BREAKER_STATES[at % STATES] ?? '';
      if (count > 0) bumpIn(window.byServerAndBreaker, server, state, count);
    });
    this.breakers.fill(0);
    this.window = emptyWindow();
    return window;
  }
}
