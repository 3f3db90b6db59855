// The shop when nothing is wrong: how many transactions fail, and how long they take.
import { quantile, type Tally } from '../generate/count/tally.ts';
import type { Plan } from '../plan/index.ts';
import { at, type Check, numberAt } from './check.ts';
import type { Scope } from './scope.ts';

type Clause = Readonly<Record<string, unknown>>;

function outsideIncidents({ incidents }: Plan): Clause {
  const must_not = incidents.map(({ startMs, recoveredMs }) => ({
    range: {
      '@timestamp': { gte: new Date(startMs).toISOString(), lt: new Date(recoveredMs).toISOString() },
    },
  }));
  return { bool: { must_not } };
}

const percent = (share: number) => `${Math.round(share * 10_000) / 100} %`;

function errorRateCheck(scope: Scope, plan: Plan, { normal }: Tally): Check {
  const { min, max } = plan.parameters.errorRateNormal;
  const text = (errors: number, documents: number) =>
    `${errors} of ${documents} fail, ${percent(errors / documents)}`;
  const expected = text(normal.errors, normal.documents);
  // Five standard deviations of a share: a rate asked for as 2 % is not found as exactly 2 %.
  const chance = 5 * Math.sqrt(((max / 100) * (1 - max / 100)) / Math.max(1, normal.documents));
  return {
    id: 'normal-error-rate',
    title: `Errors outside incidents, ${min === max ? min : `${min} to ${max}`} %`,
    query: {
      method: 'GET',
      path: `${scope.index}/_search`,
      body: scope.limit({
        size: 0,
        track_total_hits: true,
        query: outsideIncidents(plan),
        aggs: { errors: { filter: { term: { status: 'error' } } } },
      }),
    },
    expected,
    judge: (answer) => {
      const errors = numberAt(answer, 'aggregations.errors.doc_count');
      const documents = numberAt(answer, 'hits.total.value');
      const share = errors / documents;
      const inRange = share >= min / 100 - chance && share <= max / 100 + chance;
      return { ok: inRange && text(errors, documents) === expected, found: text(errors, documents) };
    },
  };
}

/** The percentiles of OpenSearch are estimates, and ours are rounded to 2 %: they agree when they are this close. */
const CLOSE = 0.05;

function responseTimeCheck(scope: Scope, plan: Plan, { normal }: Tally): Check {
  const [p50, p99] = [quantile(normal.histogram, 0.5), quantile(normal.histogram, 0.99)];
  const close = (found: number, wanted: number) => Math.abs(found - wanted) <= CLOSE * wanted;
  return {
    id: 'normal-response-time',
    title: 'Response time outside incidents',
    query: {
      method: 'GET',
      path: `${scope.index}/_search`,
      body: scope.limit({
        size: 0,
        query: outsideIncidents(plan),
        aggs: { times: { percentiles: { field: 'response_time_ms', percents: [50, 99] } } },
      }),
    },
    expected: `p50 about ${p50} ms, p99 about ${p99} ms`,
    judge: (answer) => {
      const values = at(answer, 'aggregations.times.values') as Record<string, number> | undefined;
      const found50 = values?.['50.0'] ?? Number.NaN;
      const found99 = values?.['99.0'] ?? Number.NaN;
      return {
        ok: close(found50, p50) && close(found99, p99),
        found: `p50 ${Math.round(found50)} ms, p99 ${Math.round(found99)} ms`,
      };
    },
  };
}

/** None for a data set without a single calm document. */
export function normalChecks(scope: Scope, plan: Plan, tally: Tally): Check[] {
  if (tally.normal.documents === 0) return [];
  return [errorRateCheck(scope, plan, tally), responseTimeCheck(scope, plan, tally)];
}
