// Counts documents as they are made. The fast counters of a hot loop become a tally when they are taken.

import { HOUR_MS } from '../../plan/durations.ts';
import { BREAKER_STATES, GATEWAYS, SERVER_COUNT, SERVERS } from '../../plan/shop.ts';
import type { Row } from '../customers/row.ts';
import { MinuteRule } from './minute-rule.ts';
import { addToSums } from './sums.ts';
import { emptyTally, type Tally } from './tally.ts';
import { BUCKETS, bucketOf, bump, bumpIn, emptyWindow, type WindowTally } from './window-tally.ts';

/** Counts the documents of a data set. */
export class Counter {
  private tally = emptyTally();
  private readonly normal = new WindowCounter();
  private readonly incidents: { incident: WindowCounter; recovery: WindowCounter }[] = [];
  private readonly rule = new MinuteRule();
  private readonly weight: number;
  private hour = 0;
  private ofHour = 0;
  private ofHourMs = 0;

  /** @param weight transactions that each document stands for. */
  constructor(weight: number) {
    this.weight = weight;
  }

  /** Counts one document. */
  add(row: Row): void {
    const { tally } = this;
    const { ms, responseMs, failure } = row;
    const hour = Math.floor(ms / HOUR_MS);
    if (hour !== this.hour) this.endHour(hour);
    this.ofHour++;
    this.ofHourMs += ms - hour * HOUR_MS;
    tally.documents++;
    this.rule.add(ms, responseMs, failure !== undefined);
    addToSums(tally.sums, row, this.weight);
    if (responseMs > tally.maxResponseMs) tally.maxResponseMs = responseMs;
    if (failure) {
      tally.byStatus.error++;
      bump(tally.byErrorCode, failure.code);
      if (responseMs >= 5000) tally.slowErrors++;
    } else tally.byStatus.success++;
    this.windowOf(row).add(row);
  }

  private windowOf({ incident, phase }: Row): WindowCounter {
    if (incident < 0) return this.normal;
    while (this.incidents.length <= incident)
      this.incidents.push({ incident: new WindowCounter(), recovery: new WindowCounter() });
    const held = this.incidents[incident];
    if (!held) return this.normal;
    return phase === 1 ? held.incident : held.recovery;
  }

  private endHour(next: number): void {
    if (this.ofHour > 0) {
      const name = new Date(this.hour * HOUR_MS).toISOString();
      bump(this.tally.byHour, name, this.ofHour);
      bump(this.tally.hourMs, name, this.ofHourMs);
    }
    this.hour = next;
    this.ofHour = 0;
    this.ofHourMs = 0;
  }

  /** The counts since the last call. */
  take(): Tally {
    const { tally } = this;
    this.endHour(this.hour);
    tally.alarmMinutes = this.rule.take();
    tally.normal = this.normal.take();
    tally.incidents = this.incidents.map(({ incident, recovery }) => ({
      incident: incident.take(),
      recovery: recovery.take(),
    }));
    this.tally = emptyTally();
    return tally;
  }
}

const STATES = BREAKER_STATES.length;

/** Counts the documents of one phase of one incident, or of normal operation. */
class WindowCounter {
  private window = emptyWindow();
  private readonly histogram = new Uint32Array(BUCKETS);
  private readonly breakers = new Uint32Array(SERVER_COUNT * STATES);

  add(row: Row): void {
    const { window } = this;
    const { responseMs, reading } = row;
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

  /** The counts since the last call. */
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
