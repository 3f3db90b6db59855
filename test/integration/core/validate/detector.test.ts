// A detector that knows nothing of this program finds what is severe, and little else.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask } from '../../../helpers/ask.ts';
import { doneOf, newPlace, type Place, runInto, runProgram } from '../../../helpers/program.ts';

const url = inject('openSearchUrl');
/** One is enough through an index; test/unit/realism/detectors.test.ts takes more, from the documents themselves. */
const SEEDS = [23];
const NOW = '2026-03-14T16:00:00Z';
const BUCKET_MS = 300_000;
/**
 * Robust standard deviations above the median, of p95 or of the error rate, that raise the alarm. Settled on other
 * seeds (1 to 14) before these were looked at: there, calm buckets reach 9 by chance, at night, when a bucket holds 40
 * documents, and every incident reaches 20.
 */
const THRESHOLD = 12;

interface Bucket {
  readonly key: number;
  readonly doc_count: number;
  readonly errors: { doc_count: number };
  readonly times: { values: Record<string, number | null> };
}
interface Listed {
  readonly id: string;
  readonly preset: string | null;
  readonly severity: string;
  readonly start: string;
  readonly recovered: string;
}

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** How many robust standard deviations (1.4826 × median absolute deviation) each value lies above the median. */
function robustZ(values: readonly number[]): number[] {
  const centre = median(values);
  const deviation = 1.4826 * median(values.map((value) => Math.abs(value - centre)));
  return values.map((value) => (value - centre) / deviation);
}

async function alarms(index: string): Promise<number[]> {
  const body = {
    size: 0,
    aggs: {
      buckets: {
        date_histogram: { field: '@timestamp', fixed_interval: '5m' },
        aggs: {
          errors: { filter: { term: { status: 'error' } } },
          times: { percentiles: { field: 'response_time_ms', percents: [95] } },
        },
      },
    },
  };
  const { aggregations } = await ask<{ aggregations: { buckets: { buckets: Bucket[] } } }>(
    `${url}/${index}/_search`,
    { body },
  );
  const { buckets } = aggregations.buckets;
  const p95 = robustZ(buckets.map(({ times }) => times.values['95.0'] ?? 0));
  const rate = robustZ(buckets.map(({ errors, doc_count }) => errors.doc_count / Math.max(1, doc_count)));
  return buckets
    .filter((_, at) => (p95[at] ?? 0) > THRESHOLD || (rate[at] ?? 0) > THRESHOLD)
    .map(({ key }) => key);
}

const HOUR_MS = 3_600_000;
const METRICS = [
  { avg: { field: 'response_time_ms' } },
  { percentiles: { field: 'response_time_ms', percents: [95] } },
];

/** The first charts that anyone draws, a metric over a part of the time: those that the cluster fails, and why. */
async function failedCharts(index: string): Promise<string[]> {
  const failed: string[] = [];
  for (const hours of [6, 24, 60])
    for (const fixed_interval of ['5m', '30m', '1h'])
      for (const metric of METRICS) {
        const to = Date.parse(NOW) - 12 * HOUR_MS;
        const range = { '@timestamp': { gte: to - hours * HOUR_MS, lte: to, format: 'epoch_millis' } };
        const aggs = {
          buckets: { date_histogram: { field: '@timestamp', fixed_interval }, aggs: { metric } },
        };
        const body = { size: 0, query: { range }, aggs };
        await ask(`${url}/${index}/_search?request_cache=false`, { body }).catch((error: Error) =>
          failed.push(`${hours} h by ${fixed_interval}: ${error.message.slice(0, 300)}`),
        );
      }
  return failed;
}

/** Another cluster may be an OpenSearch of 3.3 to 3.7, without the setting it then needs. */
const OWN_NODE = (process.env['OPENSEARCH_URL_FOR_TESTS'] ?? '') === '';

let place: Place;
let folder: string;
beforeAll(() => {
  place = newPlace();
  folder = mkdtempSync(join(tmpdir(), 'incident-demo-detector-'));
});
afterAll(() => {
  place.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** False alarms a day that a detector may raise which knows nothing of this program. */
const FALSE_ALARMS = 1;

test.each(SEEDS)(
  'seed %i: every preset and nearly every severe incident raises an alarm, and little else',
  async (seed) => {
    const index = `detector-test-${seed}-${process.pid}`;
    const fixed = ['--seed', String(seed), '--now', NOW, '--time-zone', 'UTC'];
    try {
      const done = doneOf(await runProgram(place, ...runInto(url, index), '--output-dir', folder, ...fixed));
      expect(done.error).toBeUndefined();
      const listed = JSON.parse(readFileSync(join(folder, 'incidents.json'), 'utf8')) as Listed[];
      const raised = await alarms(index);
      const touches = (key: number, { start, recovered }: Listed) =>
        key + BUCKET_MS > Date.parse(start) && key < Date.parse(recovered);
      const missed = listed.filter((incident) => !raised.some((key) => touches(key, incident)));
      const elsewhere = raised.filter((key) => !listed.some((incident) => touches(key, incident)));
      expect(missed.filter(({ preset }) => preset !== null)).toEqual([]);
      const severe = listed.filter(({ severity }) => severity === 'major');
      expect(missed.filter(({ severity }) => severity === 'major').length / severe.length).toBeLessThan(0.15);
      expect(elsewhere.length / 7).toBeLessThan(FALSE_ALARMS);
      if (OWN_NODE) expect(await failedCharts(index)).toEqual([]);
      expect(listed.length).toBeGreaterThanOrEqual(2 * 6);
    } finally {
      await fetch(`${url}/${index}`, { method: 'DELETE' });
    }
  },
);
