// The index that a cluster creates automatically when documents arrive after their index was deleted.
import type { Cluster } from '../cluster/client.ts';
import { deleteIndex, indexUuid, inspectIndex } from '../cluster/indexes/admin.ts';
import { countDocuments } from '../cluster/indexes/count.ts';
import { refreshIndex } from '../cluster/indexes/refresh.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';

export interface StrayIndex {
  readonly cluster: Cluster;
  readonly index: string;
  /** uuid of the index that was deleted. */
  readonly uuid: string;
  /** The plan's key, with which every one of our transactions begins. */
  readonly key: string;
}

/**
 * Removes an index that the cluster created only from documents of this run, so that nothing is in the way when it is
 * resumed. An index that holds anything else is left alone. Returns true when one was removed.
 */
export async function removeAutoCreatedIndex({ cluster, index, uuid, key }: StrayIndex): Promise<boolean> {
  const now = await indexUuid(cluster, index);
  if (uuid === '' || now === '' || now === uuid) return false;
  if ((await inspectIndex(cluster, STORED_TRANSACTIONS, index)).meta) return false;
  // An index that was created a moment ago cannot be searched yet.
  await cluster.request({
    method: 'GET',
    path: `/_cluster/health/${index}`,
    query: { wait_for_status: 'yellow', timeout: '10s' },
    accept: [408],
  });
  await refreshIndex(cluster, index);
  const { field, prefix } = STORED_TRANSACTIONS.ofPlan(key);
  // The cluster guessed the mapping, so ids are text with a keyword below.
  const transactions = { prefix: { [`${field}.keyword`]: prefix } };
  const markers = { terms: { 'event_type.keyword': ['deployment', 'restart', 'config_change'] } };
  const ours = { bool: { should: [transactions, markers], minimum_should_match: 1 } };
  const count = (query: object) => countDocuments(cluster, index, { query });
  const others = await count({ bool: { must_not: [ours] } });
  if (others > 0 || (await count(transactions)) === 0) return false;
  // Another loader may have replaced it meanwhile.
  if ((await indexUuid(cluster, index)) !== now) return false;
  await deleteIndex(cluster, index, { confirmed: true });
  return true;
}
