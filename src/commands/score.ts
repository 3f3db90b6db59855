// `score FILE`: how good the detections of a file or an anomaly detector are, by the answer key.
import { type Cluster, openCluster } from '../core/cluster/client.ts';
import { readTextFile } from '../core/files/text-file.ts';
import type { Span } from '../core/score/alarms.ts';
import { anomalyDetections } from '../core/score/anomaly-results.ts';
import { type MinuteCounts, score } from '../core/score/baselines.ts';
import type { Detection } from '../core/score/detection.ts';
import { minutesInFile, minutesInIndex, spanOfMinutes } from '../core/score/minutes.ts';
import { readDetections } from '../core/score/read-detections.ts';
import { usage } from '../errors/app-error.ts';
import { scoreLines } from '../ui/text/score-text.ts';
import { type AnswerFiles, readAnswerFiles } from './answer-files.ts';
import type { Command, Context } from './context.ts';
import { endWith } from './context.ts';
import { targetOf } from './target.ts';

/** Largest file of detections, MB. */
const DETECTIONS_MB = 50;

/** What is scored, and what it is called. Throws AppError `usage` unless it is a file or the results of a detector. */
function sourceIn({ invocation }: Context): { file: string } | { results: string } {
  const [file] = invocation.words;
  const { results, detector } = invocation.settings;
  if (file !== undefined && results !== undefined)
    throw usage('score takes a file of detections or --results INDEX, not both', 'score');
  if (file !== undefined && detector !== undefined)
    throw usage('--detector names a detector of --results INDEX; remove it', 'score');
  if (file !== undefined) return { file };
  if (results !== undefined) return { results };
  throw usage('score needs a file of detections, or --results INDEX', 'score');
}

/** The cluster, opened when it is first needed. */
function clusterOf(context: Context): { open: () => Promise<Cluster>; close: () => Promise<void> } {
  let opened: Cluster | undefined;
  return {
    open: async () => {
      opened ??= await openCluster(await targetOf(context), context.environment, context.signal);
      return opened;
    },
    close: async () => opened?.close(),
  };
}

/** The minutes of the index that --index names, else of the data beside the key; undefined when there are none. */
async function minutesFor(
  { invocation, signal }: Context,
  { data, key, summary }: AnswerFiles,
  open: () => Promise<Cluster>,
): Promise<MinuteCounts[] | undefined> {
  if (!invocation.flagged.has('index')) return data === undefined ? undefined : minutesInFile(data);
  const times = key.flatMap(({ start, recovered }) => [Date.parse(start), Date.parse(recovered)]);
  const span = summary
    ? { fromMs: summary.startMs, toMs: summary.endMs }
    : { fromMs: Math.min(...times), toMs: Math.max(...times) };
  return minutesInIndex(await open(), invocation.settings.index, span, signal);
}

/** Detections that all lie outside the data speak of other data, or of another time zone. Throws AppError `usage`. */
function assertInside(detections: readonly Detection[], span: Span | undefined): void {
  if (!span || detections.length === 0) return;
  if (detections.some(({ startMs, endMs }) => startMs < span.toMs && endMs >= span.fromMs)) return;
  const [from, to] = [span.fromMs, span.toMs].map((ms) => new Date(ms).toISOString());
  throw usage(
    `No detection lies in the data, which run from ${from} to ${to}; check the day and the offset`,
    'score',
  );
}

export const scoreCommand: Command = async (context) => {
  const { invocation, signal, say } = context;
  const source = sourceIn(context);
  const files = readAnswerFiles(invocation.settings);
  const { key, summary } = files;
  const cluster = clusterOf(context);
  try {
    const { detector } = invocation.settings;
    const detections =
      'file' in source
        ? readDetections(readTextFile(source.file, DETECTIONS_MB), source.file)
        : await anomalyDetections({ cluster: await cluster.open(), index: source.results, detector, signal });
    const minutes = await minutesFor(context, files, cluster.open);
    const span = summary ? { fromMs: summary.startMs, toMs: summary.endMs } : spanOfMinutes(minutes ?? []);
    assertInside(detections, span);
    if (!minutes)
      say(
        'The rule p95 > 2,000 ms is left out: there is no all_data.ndjson beside the key, and no --index was given',
      );
    const scored = score({ key, detections, span, minutes });
    const name = 'file' in source ? source.file : source.results;
    endWith(context, { score: scored }, scoreLines(scored, name));
    return 0;
  } finally {
    await cluster.close();
  }
};
