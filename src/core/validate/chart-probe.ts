// OpenSearch 3.3 to 3.7 fail a date histogram with a metric under a time filter (OpenSearch issues 22342 and 22468):
// the data is right, but the first chart somebody draws of it says "array_index_out_of_bounds_exception".
import type { Cluster } from '../cluster/client.ts';
import type { Plan } from '../plan/index.ts';

const MENDING = 'PUT _cluster/settings {"persistent":{"search.max_aggregation_rewrite_filters":0}}';

/** A sentence with the way out when this cluster has that defect, else undefined. */
export async function chartTrouble(
  cluster: Cluster,
  index: string,
  plan: Plan,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [first] = plan.incidents;
  if (!first) return undefined;
  const window = { gte: new Date(first.startMs).toISOString(), lt: new Date(first.endMs).toISOString() };
  const body = {
    size: 0,
    query: { range: { '@timestamp': window } },
    aggs: {
      minutes: {
        date_histogram: { field: '@timestamp', fixed_interval: '1m' },
        aggs: { slowest: { max: { field: 'response_time_ms' } } },
      },
    },
  };
  const answer = await cluster.request({
    method: 'POST',
    path: `/${index}/_search`,
    body,
    accept: 'any',
    signal,
  });
  if (answer.status < 500 || !JSON.stringify(answer.body).includes('array_index_out_of_bounds'))
    return undefined;
  return `The data is right, but this OpenSearch fails charts under a time filter (its issue 22468). This mends it: ${MENDING}`;
}
