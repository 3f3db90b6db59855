// Every incident of the plan, preset or random: failed transactions, their error codes, and the slowest transaction.
import { grouped, percent } from '../../text/numbers.ts';
import type { Tally } from '../generate/count/tally.ts';
import { term, timeRange } from '../ground-truth/clauses.ts';
import type { Incident, Plan } from '../plan/index.ts';
import { type Check, numberAt, valueAt } from './check.ts';
import type { RunScope } from './scope.ts';

interface WindowSummary {
  readonly errors: number;
  readonly documents: number;
  readonly slowestMs: number;
  readonly byCode: Readonly<Record<string, number>>;
}

/** `138 of 406 fail (34 %: 65 PAYMENT_TIMEOUT, …), slowest 30,031 ms`. */
function summaryText({ errors, documents, slowestMs, byCode }: WindowSummary): string {
  const codes = Object.entries(byCode)
    .sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
    .map(([code, count]) => `${grouped(count)} ${code}`);
  const share = percent(errors / Math.max(1, documents), 1);
  const failed = `${grouped(errors)} of ${grouped(documents)} fail`;
  return `${failed} (${share}: ${codes.join(', ') || 'none'}), slowest ${grouped(slowestMs)} ms`;
}

interface CodeBucket {
  readonly key: string;
  readonly doc_count: number;
}

/** `2026-03-14 14:25`, in UTC. */
const minuteText = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

function incidentCheck(scope: RunScope, incident: Incident, expected: WindowSummary): Check {
  const { id, title, startMs, endMs } = incident;
  return {
    id: `${id}/window`,
    title: `${title}, ${minuteText(startMs)} UTC, ${Math.round((endMs - startMs) / 60_000)} min`,
    query: scope.search({
      size: 0,
      track_total_hits: true,
      query: { bool: { filter: [term('event_type', 'checkout_attempt'), timeRange(startMs, endMs)] } },
      aggs: {
        errors: { filter: term('status', 'error') },
        codes: { terms: { field: 'error_code', size: 50 } },
        slowest: { max: { field: 'response_time_ms' } },
      },
    }),
    expected: summaryText(expected),
    judge: (answer) => {
      const buckets = (valueAt(answer, 'aggregations.codes.buckets') ?? []) as CodeBucket[];
      const found = summaryText({
        byCode: Object.fromEntries(buckets.map(({ key, doc_count }) => [key, doc_count])),
        errors: numberAt(answer, 'aggregations.errors.doc_count'),
        documents: numberAt(answer, 'hits.total.value'),
        slowestMs: expected.documents === 0 ? 0 : numberAt(answer, 'aggregations.slowest.value'),
      });
      return { ok: found === summaryText(expected), found };
    },
  };
}

/** One check for each incident, in order of time. */
export function incidentChecks(scope: RunScope, plan: Plan, tally: Tally): Check[] {
  return plan.incidents.map((incident, index) => {
    const counted = tally.incidents[index]?.incident;
    const expected = {
      errors: counted?.errors ?? 0,
      documents: counted?.documents ?? 0,
      slowestMs: counted?.maxResponseMs ?? 0,
      byCode: counted?.byErrorCode ?? {},
    };
    return incidentCheck(scope, incident, expected);
  });
}
