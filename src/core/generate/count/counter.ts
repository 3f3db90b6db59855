// Counts documents as they are made. The fast counters of a hot loop become a tally when they are taken.

import { HOUR_MS } from '../../plan/durations.ts';
import { sampleAt } from '../../plan/sampling.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import { MinuteRule } from './minute-rule.ts';
import { addToSums } from './sums.ts';
import { emptyTally, type Tally } from './tally.ts';
import { WindowCounter } from './window-counter.ts';
import { bump } from './window-tally.ts';
import { WindowsAt } from './windows-at.ts';

/** Counts the documents of a data set. */
export class Counter {
  private tally = emptyTally();
  private readonly normal = new WindowCounter();
  private readonly incidents: readonly { incident: WindowCounter; recovery: WindowCounter }[];
  private readonly windowsAt: WindowsAt;
  private readonly rule = new MinuteRule();
  private readonly plan: Plan;
  private hour = 0;
  private ofHour = 0;
  private ofHourMs = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    this.windowsAt = new WindowsAt(plan);
    this.incidents = plan.incidents.map(() => ({
      incident: new WindowCounter(),
      recovery: new WindowCounter(),
    }));
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
    if (row.marker) {
      tally.markers++;
      return;
    }
    this.rule.add(ms, responseMs, failure !== undefined);
    addToSums(tally.sums, row, sampleAt(this.plan, ms));
    if (responseMs > tally.maxResponseMs) tally.maxResponseMs = responseMs;
    if (failure) {
      tally.byStatus.error++;
      bump(tally.byErrorCode, failure.code);
      if (responseMs >= 5000) tally.slowErrors++;
    } else tally.byStatus.success++;
    const windows = this.windowsAt.at(ms);
    if (windows.length === 0) this.normal.add(row);
    for (const { incident, phase } of windows) this.incidents[incident]?.[phase].add(row);
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
