// Which days an index would hold twice once other data is added to it.
import type { Cluster } from '../cluster/client.ts';
import type { IndexState } from '../cluster/indexes/run-meta.ts';
import { sharedSpan, timeSpan } from '../cluster/indexes/time-span.ts';
import type { Plan } from '../plan/index.ts';
import { dayOf } from '../plan/time-zone.ts';

/**
 * A sentence without its full stop about the days that are in the index and in the plan, `2026-03-02 to 2026-03-04` in the
 * zone of the shop; undefined when there are none, or when the index has the same data, of which nothing is doubled.
 */
export async function doubledDays(
  cluster: Cluster,
  { name, documents, meta }: IndexState,
  plan: Plan,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (documents === 0 || meta?.key === plan.key) return undefined;
  const span = await timeSpan(cluster, name, signal);
  const shared = span && sharedSpan(span, plan);
  if (!shared) return undefined;
  const { timeZone } = plan.parameters;
  const first = dayOf(shared.firstMs, timeZone).toString();
  const last = dayOf(shared.lastMs, timeZone).toString();
  return first === last
    ? `${first} will be in the index twice: it already has other data of that day`
    : `${first} to ${last} will be in the index twice: it already has other data of those days`;
}
