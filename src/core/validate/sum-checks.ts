// Nothing was changed: the sum of every number, and in each hour the documents and their times.
import { SUMMED } from '../generate/count/sums.ts';
import type { Tally } from '../generate/count/tally.ts';
import { at, type Check, numberAt } from './check.ts';
import type { Scope } from './scope.ts';

/** Sums of 32-bit amounts differ in the last digits with the order of adding; half a cent is more than that. */
const ROUNDING = 0.005;

/** Every number of every document, summed by field. */
export function totalsCheck(scope: Scope, { sums }: Tally): Check {
  const aggs = Object.fromEntries(SUMMED.map((field) => [field, { sum: { field } }]));
  const text = (of: (field: (typeof SUMMED)[number]) => number) =>
    `${of('sample_weight')} transactions, ${of('response_time_ms')} ms in all`;
  return {
    id: 'totals',
    title: `The sum of each of ${SUMMED.length} numbers`,
    query: { method: 'GET', path: `${scope.index}/_search`, body: scope.limit({ size: 0, aggs }) },
    expected: text((field) => sums[field]),
    judge: (answer) => {
      const found = (field: string) => numberAt(answer, `aggregations.${field}.value`);
      const wrong = SUMMED.filter((field) => !(Math.abs(found(field) - sums[field]) < ROUNDING));
      const differences = wrong.map((field) => `${field} ${found(field)} and not ${sums[field]}`);
      return { ok: wrong.length === 0, found: [text(found), ...differences].join('; ') };
    },
  };
}

interface Hour {
  readonly key: number;
  readonly doc_count: number;
  readonly times: { readonly value: number };
}

/** What is wrong with an hour, or undefined. Sums of times are doubles, exact to their last bit. */
function hourTrouble({ byHour, hourMs }: Tally, { key, doc_count, times }: Hour): string | undefined {
  const name = new Date(key).toISOString();
  const documents = byHour[name] ?? 0;
  const sum = documents * key + (hourMs[name] ?? 0);
  if (doc_count !== documents) return `${name} has ${doc_count} documents and not ${documents}`;
  const close = Math.abs(times.value - sum) <= sum * 2 * Number.EPSILON;
  return doc_count === 0 || close ? undefined : `${name} has other times than planned`;
}

/** In each hour of UTC as many documents as planned, at the times planned. */
export function hoursCheck(scope: Scope, tally: Tally): Check {
  const hours = Object.keys(tally.byHour).length;
  const expected = `${hours} hours as planned`;
  return {
    id: 'hours',
    title: 'Documents and their times, hour by hour',
    query: {
      method: 'GET',
      path: `${scope.index}/_search`,
      body: scope.limit({
        size: 0,
        aggs: {
          hours: {
            date_histogram: { field: '@timestamp', fixed_interval: '1h', min_doc_count: 1 },
            aggs: { times: { sum: { field: '@timestamp' } } },
          },
        },
      }),
    },
    expected,
    judge: (answer) => {
      const buckets = (at(answer, 'aggregations.hours.buckets') ?? []) as Hour[];
      const [first, ...more] = buckets.flatMap((hour) => hourTrouble(tally, hour) ?? []);
      if (first)
        return { ok: false, found: more.length > 0 ? `${first}; ${more.length} more hours differ` : first };
      return { ok: buckets.length === hours, found: `${buckets.length} hours as planned` };
    },
  };
}
