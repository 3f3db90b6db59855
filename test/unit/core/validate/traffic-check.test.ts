// The daily curve in the index, also where a live shop was not running for a while.
import { expect, it } from 'vitest';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import { makePlan, type Plan } from '../../../../src/core/plan/index.ts';
import { runScope } from '../../../../src/core/validate/scope.ts';
import { trafficCheck } from '../../../../src/core/validate/traffic-check.ts';
import { DEFAULTS, NOW, transactionsOf } from '../../../helpers/generated.ts';

const HOUR_MS = 3_600_000;
const parameters = { ...DEFAULTS, days: 1, sample: 60, incidentsPerDay: { min: 0, max: 0 } };

type Clause = { range: { '@timestamp': { gte: string; lt: string } } };
type Filters = Readonly<Record<string, { bool: { should: readonly Clause[] } }>>;

/** What the check of a plan says of an index with the documents of another. */
function judged(plan: Plan, indexed = plan) {
  const check = trafficCheck(runScope(STORED_TRANSACTIONS, 'demo', plan, true), plan);
  const body = check.query.body as { aggs: { blocks: { filters: { filters: Filters } } } };
  const documents = transactionsOf(indexed).map(({ ms, source }) => ({ ms, weight: source.sample_weight }));
  const buckets = Object.entries(body.aggs.blocks.filters.filters).map(([name, { bool }]) => {
    const spans = bool.should.map(({ range }) =>
      [range['@timestamp'].gte, range['@timestamp'].lt].map((text) => Date.parse(text)),
    );
    const inside = documents.filter(({ ms }) => spans.some(([gte = 0, lt = 0]) => ms >= gte && ms < lt));
    return [name, { transactions: { value: inside.reduce((sum, { weight }) => sum + weight, 0) } }] as const;
  });
  return check.judge({ aggregations: { blocks: { buckets: Object.fromEntries(buckets) } } });
}

const live = { untilMs: NOW + 3 * HOUR_MS, incidents: [] };
const pauses = [{ startMs: NOW + 600_000, endMs: NOW + 2.5 * HOUR_MS }];
const whole = makePlan({ parameters, presets: [], nowMs: NOW, live });
const paused = makePlan({ parameters, presets: [], nowMs: NOW, live: { ...live, pauses } });

it('does not count the time in which nothing was recorded', () => {
  expect(judged(whole)).toMatchObject({ ok: true });
  expect(judged(paused)).toMatchObject({ ok: true });
});

it('notices documents that are missing', () => {
  expect(judged(whole, paused)).toMatchObject({ ok: false });
});
