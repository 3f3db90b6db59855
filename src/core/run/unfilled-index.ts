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

/** A template may have set them, and a read-only index cannot be deleted. */
const NO_BLOCKS = { 'index.blocks.read_only': null, 'index.blocks.write': null };

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
    const { run } = fieldsOf((await mappingsOf(cluster, index))?._meta);
    if (run !== id || (await documentsIn(cluster, index)) > 0) return false;
    await deleteIndex(cluster, index).catch(async () => {
      await cluster.request({ method: 'PUT', path: `/${index}/_settings`, body: NO_BLOCKS });
      await deleteIndex(cluster, index);
    });
    return true;
  } catch {
    return false;
  }
}
