// An index that a run made and could not fill is removed again, so that it does not block the next run.
import { fieldsOf, numberOf } from '../cluster/answer-shape.ts';
import type { Cluster } from '../cluster/client.ts';
import { deleteIndex, mappingsOf } from '../cluster/indexes/admin.ts';

export interface UnfilledIndex {
  readonly cluster: Cluster;
  /** Left out when the run made none. */
  readonly index?: string | undefined;
  readonly request: { readonly id: string };
}

/** A template may have set them, and such an index can neither be looked at nor deleted. */
const BLOCKS = ['metadata', 'read_only', 'write'];

/** Lifts each alone: together with others a cluster does not let them be changed. */
async function unblock(cluster: Cluster, index: string): Promise<void> {
  for (const name of BLOCKS)
    await cluster.request({
      method: 'PUT',
      path: `/${index}/_settings`,
      body: { [`index.blocks.${name}`]: null },
    });
}

/** Documents that others may have written; an index whose shards no node takes has none. */
const documentsIn = (cluster: Cluster, index: string) =>
  cluster
    .request({ method: 'GET', path: `/${index}/_count`, retryable: false })
    .then(({ body }) => numberOf(fieldsOf(body)['count']) ?? 0)
    .catch(() => 0);

/** Deletes the index if this run made it and it holds no document; true when it is gone. Never throws: the first error matters more. */
export async function removeUnfilled({ cluster, index, request: { id } }: UnfilledIndex): Promise<boolean> {
  if (index === undefined) return false;
  try {
    const mappings = await mappingsOf(cluster, index).catch(async () => {
      await unblock(cluster, index);
      return mappingsOf(cluster, index);
    });
    const { run } = fieldsOf(mappings?._meta);
    if (run !== id || (await documentsIn(cluster, index)) > 0) return false;
    await deleteIndex(cluster, index).catch(async () => {
      await unblock(cluster, index);
      await deleteIndex(cluster, index);
    });
    return true;
  } catch {
    return false;
  }
}
