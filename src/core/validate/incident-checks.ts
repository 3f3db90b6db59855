// Every incident of the plan, preset or random: how many of its transactions fail, and how slow the slowest is.
import type { Tally } from '../generate/tally.ts';
import type { Incident, Plan } from '../plan/index.ts';
import { type Check, numberAt } from './check.ts';
import type { Scope } from './scope.ts';

interface Seen {
  readonly errors: number;
  readonly documents: number;
  readonly slowestMs: number;
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

const seenText = ({ errors, documents, slowestMs }: Seen) =>
  `${errors} of ${documents} fail (${percent(errors / Math.max(1, documents))}), slowest ${slowestMs} ms`;

const minute = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

function incidentCheck(scope: Scope, incident: Incident, expected: Seen): Check {
  const { id, title, startMs, endMs } = incident;
  const window = { gte: new Date(startMs).toISOString(), lt: new Date(endMs).toISOString() };
  return {
    id: `${id}/window`,
    title: `${title}, ${minute(startMs)} UTC, ${Math.round((endMs - startMs) / 60_000)} minutes`,
    query: {
      method: 'GET',
      path: `${scope.index}/_search`,
      body: scope.limit({
        size: 0,
        track_total_hits: true,
        query: { range: { '@timestamp': window } },
        aggs: {
          errors: { filter: { term: { status: 'error' } } },
          slowest: { max: { field: 'response_time_ms' } },
        },
      }),
    },
    expected: seenText(expected),
    judge: (answer) => {
      const found = seenText({
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
    };
    return incidentCheck(scope, incident, expected);
  });
}
