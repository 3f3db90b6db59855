// What a detector of OpenSearch's anomaly detection found, from the index that its results are in.
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../errors/app-error.ts';
import { wordsOf } from '../../text/plain-text.ts';
import { unreadableAnswer } from '../cluster/answer-errors.ts';
import { type Fields, fieldsOf, listOf, numberOf } from '../cluster/answer-shape.ts';
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

const PAGE = 10_000;
/** A detector of one minute has 130,000 results in ninety days; more than a million are not those of one demo. */
const MAX_PAGES = 100;
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
  const { detector, index } = request;
  const found: Detection[] = [];
  let after: unknown;
  for (let page = 0; page < MAX_PAGES; page++) {
    const body = {
      size: PAGE,
      query: anomalies(detector),
      _source: ['data_start_time', 'data_end_time'],
      // Results that agree in both are one and the same for us, so a page may end between them.
      sort: [{ data_start_time: 'asc' }, { data_end_time: 'asc' }],
      ...(after ? { search_after: after } : {}),
    };
    const hits = await search(request, body, ({ hits: all }) => fieldsOf(all)['hits']);
    for (const { _source: source } of hits) {
      const { data_start_time: start, data_end_time: end } = fieldsOf(source);
      found.push({ startMs: numberOf(start) ?? Number.NaN, endMs: numberOf(end) ?? Number.NaN });
    }
    if (found.some(({ startMs, endMs }) => Number.isNaN(startMs + endMs)))
      throw new AppError('results', { index, problem: 'some of its anomalies have no time' });
    if (hits.length < PAGE) return found;
    const last = hits.at(-1)?.['sort'];
    if (isDeepStrictEqual(last, after))
      throw new AppError('results', { index, problem: 'a page comes twice' });
    after = last;
  }
  throw new AppError('results', { index, problem: `it has more than ${MAX_PAGES * PAGE} anomalies` });
}

/** The objects in a list of the answer. Throws AppError `answer-unreadable` where there is no such list. */
async function search(
  { cluster, index, signal }: ResultsRequest,
  body: object,
  listIn: (answer: Fields) => unknown,
): Promise<readonly Fields[]> {
  const request = { method: 'POST', path: `/${index}/_search` } as const;
  const answer = await cluster.request({ ...request, body, signal });
  const list = listIn(fieldsOf(answer.body));
  if (!Array.isArray(list)) throw unreadableAnswer(cluster, request, answer.body);
  return listOf(list);
}

async function assertOneDetector(request: ResultsRequest): Promise<void> {
  const { index, detector } = request;
  const body = { size: 0, aggs: { ids: { terms: { field: 'detector_id', size: MAX_NAMED } } } };
  // An index without that field has no such aggregation.
  const buckets = await search(request, body, ({ aggregations }) =>
    aggregations === undefined ? [] : fieldsOf(fieldsOf(aggregations)['ids'])['buckets'],
  );
  const ids = buckets.map(({ key }) => wordsOf(key, 100));
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
