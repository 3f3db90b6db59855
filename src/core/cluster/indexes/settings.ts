// The settings of one index.
import { type Fields, fieldsOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';
import { unlessForbidden } from './forbidden.ts';

/** By their flat names, `index.uuid`; undefined when there is no such index or this user may not see them. */
export async function indexSettings(
  cluster: Cluster,
  name: string,
  signal?: AbortSignal,
): Promise<Fields | undefined> {
  const query = { flat_settings: true };
  const request = { method: 'GET', path: `/${name}/_settings`, query, accept: [404], signal } as const;
  const answer = await unlessForbidden(() => cluster.request(request));
  if (answer === undefined || answer.status === 404) return undefined;
  return fieldsOf(fieldsOf(fieldsOf(answer.body)[name])['settings']);
}
