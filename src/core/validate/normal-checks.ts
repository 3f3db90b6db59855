// Normal operation: the error rate and the response times outside incidents.
import { grouped, percent } from '../../text/numbers.ts';
import { quantile, type Tally } from '../generate/count/tally.ts';
import { type Clause, term, timeRange } from '../ground-truth/clauses.ts';
import type { Plan } from '../plan/index.ts';
import { type Check, numberAt, valueAt } from './check.ts';
import type { RunScope } from './scope.ts';

/** The transactions outside incidents; markers are none. */
function outsideIncidents({ incidents }: Plan): Clause {
  const must_not = incidents.map(({ startMs, recoveredMs }) => timeRange(startMs, recoveredMs));
  return { bool: { filter: [term('event_type', 'checkout_attempt')], must_not } };
}

function errorRateCheck(scope: RunScope, plan: Plan, { normal }: Tally): Check {
  const { min, max } = plan.parameters.errorRateNormal;
  const text = (errors: number, documents: number) =>
    `${percent(errors / documents, 2)} (${grouped(errors)} of ${grouped(documents)})`;
  const expected = text(normal.errors, normal.documents);
  // Five standard deviations of a share: a requested rate of 2 % is not found as exactly 2 %.
  const chance = 5 * Math.sqrt(((max / 100) * (1 - max / 100)) / Math.max(1, normal.documents));
  return {
    id: 'normal-error-rate',
    title: `Error rate outside incidents (${min === max ? min : `${min} to ${max}`} % requested)`,
    query: scope.search({
      size: 0,
      track_total_hits: true,
      query: outsideIncidents(plan),
      aggs: { errors: { filter: term('status', 'error') } },
    }),
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

/** OpenSearch estimates percentiles, and the tally rounds them to 2 %: this relative difference is allowed. */
const TOLERANCE = 0.05;

function responseTimeCheck(scope: RunScope, plan: Plan, { normal }: Tally): Check {
  const [p50, p99] = [quantile(normal.responseTimes, 0.5), quantile(normal.responseTimes, 0.99)];
  const close = (found: number, wanted: number) => Math.abs(found - wanted) <= TOLERANCE * wanted;
  return {
    id: 'normal-response-time',
    title: 'Response time outside incidents',
    query: scope.search({
      size: 0,
      query: outsideIncidents(plan),
      aggs: { times: { percentiles: { field: 'response_time_ms', percents: [50, 99] } } },
    }),
    expected: `p50 about ${grouped(p50)} ms, p99 about ${grouped(p99)} ms`,
    judge: (answer) => {
      const values = valueAt(answer, 'aggregations.times.values') as Record<string, number> | undefined;
      const found50 = values?.['50.0'] ?? Number.NaN;
      const found99 = values?.['99.0'] ?? Number.NaN;
      return {
        ok: close(found50, p50) && close(found99, p99),
        found: `p50 ${grouped(found50)} ms, p99 ${grouped(found99)} ms`,
      };
    },
  };
}

/** None for a data set without a document outside incidents. */
export function normalChecks(scope: RunScope, plan: Plan, tally: Tally): Check[] {
  if (tally.normal.documents === 0) return [];
  return [errorRateCheck(scope, plan, tally), responseTimeCheck(scope, plan, tally)];
}
