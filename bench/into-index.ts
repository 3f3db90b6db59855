// Loads into an index of its own, with the settings of a load, and times it.

import type { Cluster } from '../src/core/cluster/client.ts';
import { createIndex, deleteIndex } from '../src/core/cluster/indexes/admin.ts';
import { loadingSettings } from '../src/core/cluster/indexes/load-settings.ts';
import { STORED_TRANSACTIONS } from '../src/core/documents/transactions.ts';
import { emptyTally } from '../src/core/generate/count/tally.ts';
import { streamBatches } from '../src/core/generate/stream.ts';
import { FIRST_BYTES, loadBatches } from '../src/core/load/index.ts';
import type { Plan } from '../src/core/plan/index.ts';
import type { Part } from '../src/core/plan/types.ts';
import { metaOf } from '../src/core/run/meta.ts';

export const INDEX = 'incident-demo-bench';

/**
 * Loads into a new index; returns the seconds until the documents can be found, as each way of loading is followed by a
 * refresh. Throws unless just so many arrived.
 */
export async function secondsToLoad(
  cluster: Cluster,
  { plan, documents }: { readonly plan: Plan; readonly documents: number },
  load: () => Promise<void>,
): Promise<number> {
  const meta = metaOf({ plan, toolVersion: 'bench', run: 'bench' });
  await deleteIndex(cluster, INDEX).catch(() => undefined);
  await createIndex(cluster, STORED_TRANSACTIONS, INDEX, { meta, labels: false });
  await loadingSettings(cluster, INDEX);
  const start = performance.now();
  await load();
  await cluster.request({ method: 'POST', path: `/${INDEX}/_refresh` });
  const seconds = (performance.now() - start) / 1000;
  const { body } = await cluster.request({ method: 'GET', path: `/${INDEX}/_count` });
  const { count } = body as { count: number };
  if (count !== documents) throw new Error(`${count} of ${documents} documents arrived`);
  return seconds;
}

/** Generates and loads as a run does. */
export async function generateAndLoad(cluster: Cluster, plan: Plan, part?: Part): Promise<void> {
  const { signal } = new AbortController();
  const size = { bytes: FIRST_BYTES };
  const options = { signal, random: Math.random, onRefused: () => {}, size };
  const batches = streamBatches(plan, part, emptyTally(), signal, { maxBytes: () => size.bytes });
  for await (const _ of loadBatches(cluster, INDEX, batches, options));
}
