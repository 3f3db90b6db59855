// How long something took, in three ranges: quick, slow, and close to its timeout.
import type { Clause } from '../../ground-truth/clauses.ts';
import { type Bucket, bucketsIn } from './answer.ts';

const BUCKET_MS = 5000;

/** Documents by a duration, in three ranges with these bounds in ms, and in a histogram that an audience can look at. */
export const byDuration = (field: string, [slow, late]: readonly [number, number], aggs: Clause): Clause => ({
  durations: {
    range: { field, ranges: [{ to: slow }, { from: slow, to: late }, { from: late }] },
    aggs,
  },
  histogram: { histogram: { field, interval: BUCKET_MS, min_doc_count: 1 } },
});

/** The histogram in PPL. */
export const durationsPpl = (field: string, counted: string): string =>
  `stats count() as ${counted} by span(${field}, ${BUCKET_MS}), error_code`;

export interface Durations {
  readonly quick: Bucket;
  readonly slow: Bucket;
  readonly late: Bucket;
  /** The bounds: `5 s`. */
  readonly from: string;
  readonly to: string;
}

/** The three ranges; undefined for an answer without documents. */
export function durationsIn(answer: unknown): Durations | undefined {
  const [quick, slow, late] = bucketsIn(answer, 'durations');
  if (!quick || !slow || !late || quick.doc_count + slow.doc_count + late.doc_count === 0) return undefined;
  const seconds = (bound: string) => `${Number(slow[bound]) / 1000} s`;
  return { quick, slow, late, from: seconds('from'), to: seconds('to') };
}
