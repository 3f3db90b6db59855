// How many documents an index holds.
import { unreadableAnswer } from '../answer-errors.ts';
import { fieldsOf, numberOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';

export interface CountRequest {
  /** The documents that are counted; left out, all of them. */
  readonly query?: object | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Documents that a search finds. Throws what the cluster rejects, and AppError `answer-unreadable` for an answer without a count. */
export async function countDocuments(
  cluster: Cluster,
  index: string,
  { query, signal }: CountRequest = {},
): Promise<number> {
  const request = { method: 'GET', path: `/${index}/_count` } as const;
  const { body } = await cluster.request({ ...request, ...(query ? { body: { query } } : {}), signal });
  const count = numberOf(fieldsOf(body)['count']);
  if (count === undefined) throw unreadableAnswer(cluster, request, body);
  return count;
}
