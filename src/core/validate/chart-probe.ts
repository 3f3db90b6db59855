// OpenSearch 3.3 to 3.7 fail on a date histogram with a metric under a time filter (OpenSearch issues 22342 and 22468):
// the data is correct, but the first chart of it fails with "array_index_out_of_bounds_exception".
import type { Cluster } from '../cluster/client.ts';
import { timeRange } from '../ground-truth/clauses.ts';
import type { Plan } from '../plan/index.ts';

const WORKAROUND = 'PUT _cluster/settings {"persistent":{"search.max_aggregation_rewrite_filters":0}}';

/** A sentence with the workaround when this cluster has that defect, else undefined. */
export async function chartProblem(
  cluster: Cluster,
  index: string,
  plan: Plan,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [first] = plan.incidents;
  if (!first) return undefined;
  const body = {
    size: 0,
    query: timeRange(first.startMs, first.endMs),
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
  return `The data is correct, but charts with a time filter fail on this OpenSearch version (OpenSearch issue 22468). Workaround: ${WORKAROUND}`;
}
