// Every incident of the plan, preset or random: how many of its transactions fail, with which codes, and how slow the slowest is.
import type { Tally } from '../generate/count/tally.ts';
import type { Incident, Plan } from '../plan/index.ts';
import { at, type Check, numberAt } from './check.ts';
import type { Scope } from './scope.ts';

interface Seen {
  readonly errors: number;
  readonly documents: number;
  readonly slowestMs: number;
  readonly byCode: Readonly<Record<string, number>>;
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

function seenText({ errors, documents, slowestMs, byCode }: Seen): string {
  const codes = Object.entries(byCode)
    .sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
    .map(([code, count]) => `${count} ${code}`);
  const share = percent(errors / Math.max(1, documents));
  return `${errors} of ${documents} fail (${share}: ${codes.join(', ') || 'none'}), slowest ${slowestMs} ms`;
}

interface CodeBucket {
  readonly key: string;
  readonly doc_count: number;
}

/** `2026-03-14 14:25`, in UTC. */
const minuteText = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

function incidentCheck(scope: Scope, incident: Incident, expected: Seen): Check {
  const { id, title, startMs, endMs } = incident;
  const window = { gte: new Date(startMs).toISOString(), lt: new Date(endMs).toISOString() };
  return {
    id: `${id}/window`,
    title: `${title}, ${minuteText(startMs)} UTC, ${Math.round((endMs - startMs) / 60_000)} minutes`,
    query: {
      method: 'GET',
      path: `${scope.index}/_search`,
      body: scope.limit({
        size: 0,
        track_total_hits: true,
        query: { range: { '@timestamp': window } },
        aggs: {
          errors: { filter: { term: { status: 'error' } } },
          codes: { terms: { field: 'error_code', size: 50 } },
          slowest: { max: { field: 'response_time_ms' } },
        },
      }),
    },
    expected: seenText(expected),
    judge: (answer) => {
      const buckets = (at(answer, 'aggregations.codes.buckets') ?? []) as CodeBucket[];
      const found = seenText({
        byCode: Object.fromEntries(buckets.map(({ key, doc_count }) => [key, doc_count])),
        errors: numberAt(answer, 'aggregations.errors.doc_count'),
        documents: numberAt(answer, 'hits.total.value'),
        slowestMs: expected.documents === 0 ? 0 : numberAt(answer, 'aggregations.slowest.value'),
      });
      return { ok: found === seenText(expected), found };
    },
  };
}

/** One check for each incident, in the order of time. */
export function incidentChecks(scope: Scope, plan: Plan, tally: Tally): Check[] {
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
