// From when to when an index has documents.
import { AppError } from '../../../errors/app-error.ts';
import { fieldsOf, numberOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';

/** Times of the first and of the last document, ms since the epoch. */
export interface TimeSpan {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The part of an index's time that `[startMs, endMs)` covers too, to the last ms; undefined where they do not meet. */
export function sharedSpan(
  { firstMs, lastMs }: TimeSpan,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): TimeSpan | undefined {
  if (firstMs >= endMs || lastMs < startMs) return undefined;
  return { firstMs: Math.max(firstMs, startMs), lastMs: Math.min(lastMs, endMs - 1) };
}

/** Undefined for an index without times, and where the cluster does not say: nothing but words depends on it. */
export async function timeSpan(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<TimeSpan | undefined> {
  const field = '@timestamp';
  const body = { size: 0, aggs: { first: { min: { field } }, last: { max: { field } } } };
  try {
    const answer = await cluster.request({ method: 'GET', path: `/${index}/_search`, body, signal });
    const { first, last } = fieldsOf(fieldsOf(answer.body)['aggregations']);
    const firstMs = numberOf(fieldsOf(first)['value']);
    const lastMs = numberOf(fieldsOf(last)['value']);
    return firstMs === undefined || lastMs === undefined ? undefined : { firstMs, lastMs };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
