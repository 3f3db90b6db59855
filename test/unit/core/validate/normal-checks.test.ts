import { expect, it } from 'vitest';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import { tallyOf } from '../../../../src/core/generate/index.ts';
import { normalChecks } from '../../../../src/core/validate/normal-checks.ts';
import { runScope } from '../../../../src/core/validate/scope.ts';
import { planWith, transactionsOf } from '../../../helpers/generated.ts';

const plan = planWith({ days: 1, sample: 600, incidentsPerDay: { min: 0, max: 0 } });
const check = normalChecks(runScope(STORED_TRANSACTIONS, 'demo', plan, true), plan, tallyOf(plan)).find(
  ({ id }) => id === 'normal-response-time',
);
const calm = transactionsOf(plan)
  .filter(({ incident }) => incident < 0)
  .map(({ source }) => source.response_time_ms);

type Filters = Readonly<Record<string, { range: { response_time_ms: { lt?: number; lte?: number } } }>>;

interface SearchBody {
  readonly aggs: { readonly times: { readonly filters: { readonly filters: Filters } } };
}

/** What a cluster answers that holds documents with these times. */
function answerOf(times: readonly number[]): unknown {
  const body = check?.query.body as SearchBody | undefined;
  const buckets = Object.entries(body?.aggs.times.filters.filters ?? {}).map(([name, { range }]) => {
    const { lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = range.response_time_ms;
    return [name, { doc_count: times.filter((ms) => ms < lt && ms <= lte).length }];
  });
  return {
    hits: { total: { value: times.length } },
    aggregations: { times: { buckets: Object.fromEntries(buckets) } },
  };
}

it('proves p50 and p99 to the millisecond by counting', () => {
  const sorted = calm.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
  expect(check?.expected).toBe(`p50 ${rank(0.5)} ms, p99 ${rank(0.99)?.toLocaleString('en')} ms`);
  expect(check?.judge(answerOf(calm))).toEqual({ ok: true, found: check?.expected });
});

it('notices documents that are a little slower', () => {
  const slower = calm.map((ms) => ms + 3);
  expect(check?.judge(answerOf(slower))).toMatchObject({
    ok: false,
    found: expect.stringMatching(/^p50 not /),
  });
});
