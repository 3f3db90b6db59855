// How fast a cluster would take documents, measured without writing any: it runs an empty ingest pipeline
// over documents like ours, and gives them back unindexed.
import type { Cluster } from './client.ts';

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

/** With the fields and the size of a usual document. */
const LIKE_OURS = {
  '@timestamp': '2026-01-01T00:00:00.000Z',
  transaction_id: 'txn_q2o5gwo_000a00000',
  session_id: 'sess_q2o5gwo_000a0000',
  user_id: 'user_134806',
  event_type: 'checkout_attempt',
  step: 'payment_processing',
  status: 'success',
  response_code: 200,
  response_time_ms: 235,
  payment_gateway: 'stripe',
  amount: 34.2,
  currency: 'USD',
  product_category: 'Kids',
  product_id: 'prod_2u3jxj01z',
  unit_price: 25.99,
  item_count: 1,
  user_agent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1',
  ip_address: '66.93.216.81',
  geo_location: { country: 'US', state: 'New York', city: 'New York' },
  server_instance: 'checkout-service-01',
  load_balancer: 'lb-east-01',
  database_query_time_ms: 16,
  cache_hit: true,
  retry_count: 0,
  upstream_service: 'payment-gateway-stripe',
  upstream_response_time_ms: 180,
  circuit_breaker_state: 'closed',
  thread_pool_active: 1,
  memory_usage_percent: 51,
  cpu_usage_percent: 17,
  sample_weight: 60,
  db_pool_active: 0,
  db_pool_max: 10,
  db_pool_pending: 0,
  gc_pause_ms: 14,
  heap_used_percent: 38,
  service_version: '2026.3.11-1',
  db_connection_wait_ms: 0,
  db_connection_usage_ms: 44,
};

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
