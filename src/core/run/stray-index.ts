// The index that a cluster creates automatically when documents arrive after their index was deleted.
import type { Clock } from '../async/clock.ts';
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
export async function removeAutoCreatedIndex(stray: StrayIndex): Promise<boolean> {
  return (await look(stray)) === 'removed';
}

/** How often it is looked at, how often when there is none, and the wait before each further look, ms. */
const LOOKS = 4;
const LOOKS_FOR_NONE = 3;
const LOOK_MS = 1500;

/**
 * The same after a load whose index was deleted: a busy cluster may be about to create one, or not be able to search it
 * yet, so it is looked for again some seconds later. Throws what the last look failed with.
 */
export async function removeAutoCreatedAfter(
  stray: StrayIndex,
  { signal, clock }: { readonly signal: AbortSignal; readonly clock: Clock },
): Promise<boolean> {
  let seen = false;
  for (let looks = 1; ; looks++) {
    const isLast = () => signal.aborted || looks === (seen ? LOOKS : LOOKS_FOR_NONE);
    try {
      const found = await look(stray, () => {
        seen = true;
      });
      if (found !== 'none' || isLast()) return found === 'removed';
    } catch (error) {
      if (!seen || isLast()) throw error;
    }
    await clock.sleep(LOOK_MS, signal);
  }
}

async function look(
  { cluster, index, uuid, key }: StrayIndex,
  onFound: () => void = () => {},
): Promise<'removed' | 'none' | 'not ours'> {
  const now = await indexUuid(cluster, index);
  if (uuid === '' || now === uuid) return 'not ours';
  if (now === '') return 'none';
  onFound();
  if ((await inspectIndex(cluster, STORED_TRANSACTIONS, index)).meta) return 'not ours';
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
  if (others > 0) return 'not ours';
  if ((await count(transactions)) === 0) return 'none';
  // Another loader may have replaced it meanwhile.
  if ((await indexUuid(cluster, index)) !== now) return 'not ours';
  await deleteIndex(cluster, index, { confirmed: true });
  return 'removed';
}
