// The incidents that are not scripted, as one search.
import { grouped } from '../../../text/numbers.ts';
import { timeRange } from '../../ground-truth/clauses.ts';
import type { Incident } from '../../plan/index.ts';
import { valueAt } from '../check.ts';
import { countIn } from './answer.ts';
import { FAILED, type Inquiry, TRANSACTIONS } from './search.ts';

/** Rows of the table; `incidents.json` lists every incident. */
const MOST = 100;

export const listedIncidents = (incidents: readonly Incident[]) => incidents.slice(0, MOST);

/** Documents and failures in the window of each incident; undefined for none. */
export function inquireRandom(incidents: readonly Incident[]): Inquiry | undefined {
  const [first] = incidents;
  if (!first) return undefined;
  const shown = listedIncidents(incidents);
  const windows = shown.map(({ id, startMs, endMs }) => [id, timeRange(startMs, endMs)]);
  return {
    span: { fromMs: first.startMs, toMs: Math.max(...shown.map(({ endMs }) => endMs)) },
    where: [TRANSACTIONS],
    aggs: { incidents: { filters: { filters: Object.fromEntries(windows) }, aggs: { errors: FAILED } } },
    ppl: 'stats count() as transactions by span(`@timestamp`, 10m), status',
  };
}

/** `124 of 440 documents`. */
export function failuresOf(answer: unknown, { id }: Incident): string {
  const buckets = valueAt(answer, 'aggregations.incidents.buckets') as Record<string, unknown> | undefined;
  const bucket = buckets?.[id] as { doc_count?: number } | undefined;
  return `${grouped(countIn(bucket, 'errors'))} of ${grouped(bucket?.doc_count ?? 0)} documents`;
}
