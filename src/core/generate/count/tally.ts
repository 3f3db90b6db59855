// Exact counts of what was generated: what the checks expect to find.
import { addSums, emptySums, type Sums } from './sums.ts';
import { addCounts, addWindow, emptyWindow, type WindowTally } from './window-tally.ts';

export { quantile } from './response-times.ts';
export type { WindowTally } from './window-tally.ts';

export interface Tally {
  documents: number;
  /** How many of the documents are markers, which have no status and lie in no window's counts. */
  markers: number;
  byStatus: { success: number; error: number };
  /** By hour of UTC, as ISO time of its start. */
  byHour: Record<string, number>;
  byErrorCode: Record<string, number>;
  /** By hour, the sum of the times past the start of the hour, ms. */
  hourMs: Record<string, number>;
  /** The sum of each number of the documents; that of sample_weight is transactions before sampling. */
  sums: Sums;
  maxResponseMs: number;
  /** Errors that took 5,000 ms or longer. */
  slowErrors: number;
  /** Minutes since 1970 in which the simple rule of minute-rule.ts fires, in order. */
  alarmMinutes: number[];
  /** Documents outside incidents and recoveries, and how many of them fail. */
  normal: WindowTally;
  /** In the order of the plan's incidents. */
  incidents: { incident: WindowTally; recovery: WindowTally }[];
}

export function emptyTally(): Tally {
  return {
    documents: 0,
    markers: 0,
    byStatus: { success: 0, error: 0 },
    byHour: {},
    byErrorCode: {},
    hourMs: {},
    sums: emptySums(),
    maxResponseMs: 0,
    slowErrors: 0,
    alarmMinutes: [],
    normal: emptyWindow(),
    incidents: [],
  };
}

/** Adds b to a and returns a: the tallies of two parts become that of both. */
export function mergeTally(a: Tally, b: Tally): Tally {
  a.documents += b.documents;
  a.markers += b.markers;
  a.byStatus.success += b.byStatus.success;
  a.byStatus.error += b.byStatus.error;
  addCounts(a.byHour, b.byHour);
  addCounts(a.byErrorCode, b.byErrorCode);
  addCounts(a.hourMs, b.hourMs);
  addSums(a.sums, b.sums);
  a.maxResponseMs = Math.max(a.maxResponseMs, b.maxResponseMs);
  a.slowErrors += b.slowErrors;
  a.alarmMinutes = [...new Set([...a.alarmMinutes, ...b.alarmMinutes])].sort((x, y) => x - y);
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
