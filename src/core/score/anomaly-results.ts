// What a detector of OpenSearch's anomaly detection found, from the index that its results are in.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import type { Detection } from './detection.ts';

export interface ResultsRequest {
  readonly cluster: Cluster;
  /** The index of the results, or a pattern such as `opensearch-ad-plugin-result-*`. */
  readonly index: string;
  /** Needed where the index has results of several detectors. */
  readonly detector: string | undefined;
  readonly signal?: AbortSignal;
}

interface Result {
  readonly _source: { readonly data_start_time: number; readonly data_end_time: number };
  readonly sort: readonly (number | string)[];
}

const PAGE = 10_000;
const MAX_NAMED = 10;

const anomalies = (detector: string | undefined) => ({
  bool: {
    filter: [
      { range: { anomaly_grade: { gt: 0 } } },
      ...(detector === undefined ? [] : [{ term: { detector_id: detector } }]),
    ],
  },
});

/**
 * The anomalies of a detector: results with an anomaly_grade above 0, from data_start_time to data_end_time. Throws
 * AppError `results` when the index has results of several detectors and none is named, or of none at all.
 */
export async function anomalyDetections(request: ResultsRequest): Promise<Detection[]> {
  await assertOneDetector(request);
  const { detector } = request;
  const found: Detection[] = [];
  let after: Result['sort'] | undefined;
  for (;;) {
    const body = {
      size: PAGE,
      query: anomalies(detector),
      _source: ['data_start_time', 'data_end_time'],
      // Results that agree in both are one and the same for us, so a page may end between them.
      sort: [{ data_start_time: 'asc' }, { data_end_time: 'asc' }],
      ...(after ? { search_after: after } : {}),
    };
    const { hits } = (await search(request, body)) as { hits: { hits: readonly Result[] } };
    for (const { _source: source } of hits.hits)
      found.push({ startMs: source.data_start_time, endMs: source.data_end_time });
    after = hits.hits.at(-1)?.sort;
    if (hits.hits.length < PAGE) return found;
  }
}

async function search({ cluster, index, signal }: ResultsRequest, body: object): Promise<unknown> {
  const answer = await cluster.request({ method: 'POST', path: `/${index}/_search`, body, signal });
  return answer.body;
}

interface DetectorsAnswer {
  readonly aggregations?: { readonly ids: { readonly buckets: readonly { readonly key: string }[] } };
}

async function assertOneDetector(request: ResultsRequest): Promise<void> {
  const { index, detector } = request;
  const body = { size: 0, aggs: { ids: { terms: { field: 'detector_id', size: MAX_NAMED } } } };
  const { aggregations } = (await search(request, body)) as DetectorsAnswer;
  const ids = aggregations?.ids.buckets.map(({ key }) => key) ?? [];
  if (ids.length === 0) throw new AppError('results', { index, problem: 'it has no results of a detector' });
  if (detector !== undefined && !ids.includes(detector) && ids.length < MAX_NAMED)
    throw new AppError('results', {
      index,
      problem: `it has none of detector ${detector}, but of ${ids.join(', ')}`,
    });
  if (detector === undefined && ids.length > 1)
    throw new AppError('results', {
      index,
      problem: `it has those of several detectors; name one with --detector: ${ids.join(', ')}`,
    });
}
