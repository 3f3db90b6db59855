// Reading the answer of a search.
import { numberAt, valueAt } from '../check.ts';

/** One bucket of an aggregation, with the aggregations inside it. */
export interface Bucket {
  readonly key: string | number;
  readonly doc_count: number;
  readonly [name: string]: unknown;
}

/** The buckets of an aggregation; none where the answer has no such aggregation. */
export function bucketsIn(answer: unknown, name: string): readonly Bucket[] {
  const found = valueAt(answer, `aggregations.${name}.buckets`) ?? valueAt(answer, `${name}.buckets`);
  return Array.isArray(found) ? found : [];
}

/** The value of a maximum, minimum, sum or count of distinct values; NaN for a window without documents. */
export const valueIn = (bucket: unknown, name: string) => numberAt(bucket, `${name}.value`);

/** The first percentile that was asked for; NaN for a window without documents. */
export const quantileIn = (bucket: unknown, name: string) => numberAt(bucket, `${name}.values.0.value`);

/** The documents of a filter. */
export const countIn = (bucket: unknown, name: string) => numberAt(bucket, `${name}.doc_count`);

/** The bucket for which a number is largest; undefined for none, and where no bucket has a number. */
export function largest(buckets: readonly Bucket[], of: (bucket: Bucket) => number): Bucket | undefined {
  return buckets
    .filter((bucket) => !Number.isNaN(of(bucket)))
    .reduce<Bucket | undefined>(
      (best, bucket) => (best && of(best) >= of(bucket) ? best : bucket),
      undefined,
    );
}

/** `14:25`: date histograms name their buckets in the time of the shop. */
export const minuteOf = ({ key_as_string, key }: Bucket) => String(key_as_string ?? key);
export const startOf = ({ key }: Bucket) => Number(key);
