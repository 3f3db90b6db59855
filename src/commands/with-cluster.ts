// A cluster for one piece of work: opened for it, and closed however it ends.
import type { Cluster } from '../core/cluster/client.ts';
import type { Connection } from '../core/cluster/types.ts';
import type { Environment } from '../core/directories.ts';

/** Where the cluster is, and what openCluster reads. */
interface ClusterAt {
  readonly connection: Connection;
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
}

/** Returns what the work returns. Throws what it throws, and as openCluster does. */
export async function withCluster<T>(
  { connection, environment, signal }: ClusterAt,
  work: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const { openCluster } = await import('../core/cluster/client.ts');
  const cluster = await openCluster(connection, environment, signal);
  try {
    return await work(cluster);
  } finally {
    await cluster.close();
  }
}
