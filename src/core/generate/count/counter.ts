// Counts documents as fast as they are made; the counts become a tally now and then.
import type { Row } from '../customers/row.ts';
import { WindowCounter } from '../window-counter.ts';
import { addToSums } from './sums.ts';
import { emptyTally, type Tally } from './tally.ts';
import { bump } from './window-tally.ts';

const HOUR_MS = 3_600_000;

export class Counter {
  private tally = emptyTally();
  private readonly normal = new WindowCounter();
  private readonly incidents: { incident: WindowCounter; recovery: WindowCounter }[] = [];
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
    const { ms, responseMs, failure, block } = row;
    const hour = Math.floor(ms / HOUR_MS);
    if (hour !== this.hour) this.endHour(hour);
    this.ofHour++;
    this.ofHourMs += ms - hour * HOUR_MS;
    tally.documents++;
    tally.byBlock[block] = (tally.byBlock[block] ?? 0) + 1;
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

  /** The counts since the last time. */
  take(): Tally {
    const { tally } = this;
    this.endHour(this.hour);
    tally.normal = this.normal.take();
    tally.incidents = this.incidents.map(({ incident, recovery }) => ({
      incident: incident.take(),
      recovery: recovery.take(),
    }));
    this.tally = emptyTally();
    return tally;
  }
}
