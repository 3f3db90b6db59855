// No document was changed: the sum of every numeric field, and the documents and timestamps of each hour.
import { grouped } from '../../text/numbers.ts';
import type { Tally } from '../generate/count/tally.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { type Check, numberAt, valueAt } from './check.ts';
import type { RunScope } from './scope.ts';

const { summed: SUMMED } = TRANSACTIONS.tally;

/** Sums of 32-bit amounts depend on the order of addition in their last digits; half a cent is more than that. */
const ROUNDING = 0.005;

/** The sum of each numeric field over every document. */
export function totalsCheck(scope: RunScope, { sums }: Tally): Check {
  const aggs = Object.fromEntries(SUMMED.map((field) => [field, { sum: { field } }]));
  const text = (of: (field: (typeof SUMMED)[number]) => number) =>
    `${grouped(of('sample_weight'))} transactions, ${grouped(of('response_time_ms'))} ms of response time`;
  return {
    id: 'totals',
    title: `Sums of all ${SUMMED.length} numeric fields`,
    query: scope.search({ size: 0, aggs }),
    expected: text((field) => sums[field]),
    judge: (answer) => {
      const found = (field: string) => numberAt(answer, `aggregations.${field}.value`);
      const wrong = SUMMED.filter((field) => !(Math.abs(found(field) - sums[field]) < ROUNDING));
      const differences = wrong.map((field) => `${field} ${found(field)} instead of ${sums[field]}`);
      return { ok: wrong.length === 0, found: [text(found), ...differences].join('; ') };
    },
  };
}

interface Hour {
  readonly key: number;
  readonly doc_count: number;
  readonly times: { readonly value: number };
}

/** How an hour differs from the tally, or undefined. Sums of timestamps are doubles, exact to their last bit. */
function hourMismatch({ byHour, hourMs }: Tally, { key, doc_count, times }: Hour): string | undefined {
  const name = new Date(key).toISOString();
  const documents = byHour[name] ?? 0;
  const sum = documents * key + (hourMs[name] ?? 0);
  if (doc_count !== documents)
    return `${name} has ${grouped(doc_count)} documents instead of ${grouped(documents)}`;
  const close = Math.abs(times.value - sum) <= sum * 2 * Number.EPSILON;
  return doc_count === 0 || close ? undefined : `${name} has timestamps other than planned`;
}

/** `2026-… has 100 documents instead of 112; 3 more hours differ, the last 2026-…`. */
function mismatchText([first = '', ...more]: readonly string[]): string {
  const [last = ''] = more.at(-1)?.split(' ') ?? [];
  if (more.length === 0) return first;
  return `${first}; ${more.length} more ${more.length === 1 ? 'hour differs' : 'hours differ'}, the last ${last}`;
}

/** Each hour of UTC has as many documents as planned, with the planned timestamps. */
export function hoursCheck(scope: RunScope, tally: Tally): Check {
  const hours = Object.keys(tally.byHour).length;
  const expected = `all ${hours} hours`;
  return {
    id: 'hours',
    title: 'Hours whose documents and timestamps are as planned',
    query: scope.search({
      size: 0,
      aggs: {
        hours: {
          date_histogram: { field: '@timestamp', fixed_interval: '1h', min_doc_count: 1 },
          aggs: { times: { sum: { field: '@timestamp' } } },
        },
      },
    }),
    expected,
    judge: (answer) => {
      const buckets = (valueAt(answer, 'aggregations.hours.buckets') ?? []) as Hour[];
      const found = new Map(buckets.map((hour) => [hour.key, hour]));
      // An hour without documents has no bucket.
      const absent = Object.keys(tally.byHour)
        .map((name) => Date.parse(name))
        .filter((key) => !found.has(key))
        .map((key) => ({ key, doc_count: 0, times: { value: 0 } }));
      const differing = [...buckets, ...absent]
        .sort((a, b) => a.key - b.key)
        .flatMap((hour) => hourMismatch(tally, hour) ?? []);
      if (differing.length === 0) return { ok: true, found: `all ${buckets.length} hours` };
      return { ok: false, found: mismatchText(differing) };
    },
  };
}
