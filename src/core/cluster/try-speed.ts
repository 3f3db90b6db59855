// How fast a cluster would take documents, measured without writing any: it runs an empty ingest pipeline
// over documents like ours, and gives them back unindexed.
import type { Cluster } from './client.ts';
import { LIKE_OURS } from './sample-document.ts';

/** Documents in one request: about 250 kB, far below any limit. */
const DOCUMENTS = 300;
/** Two senders, as a load begins with. */
const SENDERS = 2;
/** A cold cluster gets faster from round to round, as it does in a load; the best one counts. */
const ROUND_MS = 150;
const MAX_ROUNDS = 10;
/** After so many rounds that are hardly better than the best one, it is warm. */
const STABLE_ROUNDS = 2;
const BETTER = 1.1;
/** A cluster that needs longer than this for one request has no known speed. */
const TIMEOUT_MS = 5000;
/**
 * A load gets 0.2 to 0.45 of the documents a second that the pipeline passes: nothing is indexed in it. The median of
 * eight pairs measured in turn on a node that shares two cores with the load and with others.
 */
const SHARE_OF_LOAD = 0.3;

const BODY = {
  pipeline: { processors: [] },
  docs: Array.from({ length: DOCUMENTS }, () => ({ _source: LIKE_OURS })),
};

/**
 * Documents a second that this cluster would take in a load, measured in half a second to two. Writes nothing, neither
 * an index nor a pipeline. Undefined where the cluster does not allow the question (a user without the right, a
 * serverless collection) or does not answer in time. Rejects only with the reason of the signal.
 */
export async function trySpeed(cluster: Cluster, signal: AbortSignal): Promise<number | undefined> {
  const ask = () =>
    cluster.request({
      method: 'POST',
      path: '/_ingest/pipeline/_simulate',
      query: { filter_path: 'docs.error' },
      body: BODY,
      timeoutMs: TIMEOUT_MS,
      signal,
    });
  try {
    let best = 0;
    for (let round = 0, calm = 0; round < MAX_ROUNDS && calm < STABLE_ROUNDS; round++) {
      const speed = await passedPerSecond(ask);
      calm = speed < best * BETTER ? calm + 1 : 0;
      best = Math.max(best, speed);
    }
    return Math.round(best * SHARE_OF_LOAD);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** Documents a second of one round. */
async function passedPerSecond(ask: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  let passed = 0;
  const send = async () => {
    do {
      await ask();
      passed += DOCUMENTS;
    } while (performance.now() - begin < ROUND_MS);
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return passed / ((performance.now() - begin) / 1000);
}
