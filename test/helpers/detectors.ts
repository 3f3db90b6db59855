// Detectors for the tests of the data, as a stranger would write them: they see the documents of each minute and no more.
import { type GeneratedDocument, isTransaction } from '../../src/core/generate/index.ts';
import type { MinuteCounts } from '../../src/core/score/baselines.ts';
import type { Detection } from '../../src/core/score/detection.ts';
import { median, sum } from './statistics.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 1440;

/** What the documents of one minute say. */
export interface Minute extends MinuteCounts {
  documents: number;
  slow: number;
  /** Documents with a status of 500 or more. */
  failures: number;
  /** Busy connections of each document's server, and how many documents say it. */
  connections: number;
  readings: number;
  /** Lowest heap of each server, percent. */
  readonly heaps: Map<string, number>;
}

/** The minutes of `[startMs, endMs)`, those without a document among them. */
export function minutesOf(
  documents: Iterable<GeneratedDocument>,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Minute[] {
  const minutes = Array.from(
    { length: (endMs - startMs) / MINUTE },
    (_, at): Minute => ({
      minuteMs: startMs + at * MINUTE,
      documents: 0,
      slow: 0,
      failures: 0,
      connections: 0,
      readings: 0,
      heaps: new Map(),
    }),
  );
  for (const document of documents) {
    const minute = minutes[Math.floor((document.ms - startMs) / MINUTE)];
    if (!minute || !isTransaction(document)) continue;
    const { response_time_ms, response_code, db_pool_active, heap_used_percent, server_instance } =
      document.source;
    minute.documents++;
    if (response_time_ms > 2000) minute.slow++;
    if (response_code >= 500) minute.failures++;
    if (db_pool_active === undefined || heap_used_percent === undefined) continue;
    minute.connections += db_pool_active;
    minute.readings++;
    minute.heaps.set(
      server_instance,
      Math.min(minute.heaps.get(server_instance) ?? heap_used_percent, heap_used_percent),
    );
  }
  return minutes;
}

/** A series over the last minutes, at each of them. */
const over = (minutes: readonly Minute[], length: number, of: (last: readonly Minute[]) => number) =>
  minutes.map((_, at) => of(minutes.slice(Math.max(0, at - length + 1), at + 1)));

/** Failures of ten minutes beyond what chance makes of the usual ones, in standard deviations of a Poisson count. */
function failuresOf(minutes: readonly Minute[]): number[] {
  const usual = median(
    over(
      minutes,
      60,
      (last) => sum(last.map((m) => m.failures)) / Math.max(1, sum(last.map((m) => m.documents))),
    ),
  );
  return over(minutes, 10, (last) => {
    const expected = sum(last.map(({ documents }) => documents)) * usual;
    return (sum(last.map(({ failures }) => failures)) - expected) / Math.sqrt(expected + 0.3);
  });
}

const connectionsOf = (minutes: readonly Minute[]) =>
  over(
    minutes,
    10,
    (last) => sum(last.map((m) => m.connections)) / Math.max(1, sum(last.map((m) => m.readings))),
  );

/** The heap that the fullest server is never below in a quarter of an hour: what a leak lifts. */
const heapFloorsOf = (minutes: readonly Minute[]) =>
  over(minutes, 15, (last) => {
    const floors = new Map<string, number>();
    for (const { heaps } of last)
      for (const [server, heap] of heaps) floors.set(server, Math.min(floors.get(server) ?? heap, heap));
    return Math.max(0, ...floors.values());
  });

/** The robust z-score: distance from the median of the same half hour of all days, by the median absolute deviation. */
function robustZ(series: readonly number[]): number[] {
  const halfOf = (at: number) => Math.floor((at % DAY_MINUTES) / 30);
  const groups = Map.groupBy(series.keys(), halfOf);
  const scores = series.map(() => 0);
  for (const places of groups.values()) {
    const values = places.map((at) => series[at] ?? 0);
    const middle = median(values);
    const deviation = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
    for (const at of places) scores[at] = ((series[at] ?? 0) - middle) / Math.max(deviation, 1e-3);
  }
  return scores;
}

/** The minutes that end a run of three above a score. */
function flagged(minutes: readonly Minute[], scores: readonly number[], above: number): Detection[] {
  return minutes.flatMap(({ minuteMs }, at) =>
    [at, at - 1, at - 2].every((one) => (scores[one] ?? 0) > above)
      ? [{ startMs: minuteMs, endMs: minuteMs + MINUTE }]
      : [],
  );
}

/** Robust z-scores of the plainest series there is: how many responses of ten minutes are slow. */
export const slowResponses = (minutes: readonly Minute[]): Detection[] =>
  flagged(
    minutes,
    robustZ(
      over(
        minutes,
        10,
        (last) => sum(last.map((m) => m.slow)) / Math.max(1, sum(last.map((m) => m.documents))),
      ),
    ),
    6,
  );

/** Three views that a person would choose: failures, connections, and what the heap falls back to. */
export const threeViews = (minutes: readonly Minute[]): Detection[] => [
  ...flagged(minutes, failuresOf(minutes), 4.5),
  ...flagged(minutes, robustZ(connectionsOf(minutes)), 8),
  ...flagged(minutes, robustZ(heapFloorsOf(minutes)), 6),
];
