// The minutes of the data, for the threshold that every score is compared with: from a file, or from an index.
import { unreadableAnswer } from '../cluster/answer-errors.ts';
import { fieldsOf, listOf, numberOf } from '../cluster/answer-shape.ts';
import type { Cluster } from '../cluster/client.ts';
import { readDocuments } from '../dataset/read.ts';
import { DAY_MS, MINUTE_MS } from '../plan/durations.ts';
import type { Span } from './alarms.ts';
import { type MinuteCounts, RULE_MS } from './baselines.ts';

/** The minutes of a file in bulk format. Throws AppError `data-file` with the line, or `file-unreadable`. */
export async function minutesInFile(file: string): Promise<MinuteCounts[]> {
  const minutes = new Map<number, { documents: number; slow: number }>();
  for await (const { document } of readDocuments(file)) {
    const { '@timestamp': at, response_time_ms: ms } = document;
    // Markers of deployments have no response time.
    if (typeof ms !== 'number' || typeof at !== 'string') continue;
    const minuteMs = Math.floor(Date.parse(at) / MINUTE_MS) * MINUTE_MS;
    const counts = minutes.get(minuteMs) ?? { documents: 0, slow: 0 };
    minutes.set(minuteMs, counts);
    counts.documents++;
    if (ms > RULE_MS) counts.slow++;
  }
  return [...minutes].map(([minuteMs, counts]) => ({ minuteMs, ...counts }));
}

/** A cluster returns at most 65,535 buckets at once: these are 43,200 minutes. */
const PIECE_MS = 30 * DAY_MS;

/** The minutes of an index within a span. Rejects as cluster.request does, and with AppError `answer-unreadable`. */
export async function minutesInIndex(
  cluster: Cluster,
  index: string,
  { fromMs, toMs }: Span,
  signal?: AbortSignal,
): Promise<MinuteCounts[]> {
  const found: MinuteCounts[] = [];
  for (let at = fromMs; at < toMs; at += PIECE_MS) {
    const range = { gte: at, lt: Math.min(at + PIECE_MS, toMs), format: 'epoch_millis' };
    const slow = { filter: { range: { response_time_ms: { gt: RULE_MS } } } };
    const body = {
      size: 0,
      query: {
        bool: { filter: [{ range: { '@timestamp': range } }, { exists: { field: 'response_time_ms' } }] },
      },
      aggs: {
        minutes: {
          date_histogram: { field: '@timestamp', fixed_interval: '1m', min_doc_count: 1 },
          aggs: { slow },
        },
      },
    };
    const request = { method: 'POST', path: `/${index}/_search` } as const;
    const answer = await cluster.request({ ...request, body, signal });
    const { buckets } = fieldsOf(fieldsOf(fieldsOf(answer.body)['aggregations'])['minutes']);
    if (!Array.isArray(buckets)) throw unreadableAnswer(cluster, request, answer.body);
    for (const { key, doc_count: count, slow: over } of listOf(buckets)) {
      const [minuteMs, documents, slower] = [key, count, fieldsOf(over)['doc_count']].map(numberOf);
      if (minuteMs === undefined || documents === undefined || slower === undefined)
        throw unreadableAnswer(cluster, request, answer.body);
      found.push({ minuteMs, documents, slow: slower });
    }
  }
  return found;
}

/** From the first of these minutes to the end of the last; undefined when there are none. */
export function spanOfMinutes(minutes: readonly MinuteCounts[]): Span | undefined {
  if (minutes.length === 0) return undefined;
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, 0];
  for (const { minuteMs } of minutes) {
    fromMs = Math.min(fromMs, minuteMs);
    toMs = Math.max(toMs, minuteMs + MINUTE_MS);
  }
  return { fromMs, toMs };
}
