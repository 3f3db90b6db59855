// Metrics by minute as CSV: all of the data, and a case for each incident in the form of RCAEval (phamquiluan/RCAEval): data.csv
// with the column `time`, and inject_time.txt, both in seconds since 1970.
import { AppError } from '../../errors/app-error.ts';
import { readDocuments } from '../dataset/read.ts';
import type { AnswerEntry } from '../ground-truth/answer-key.ts';
import { HOUR_MS, MINUTE_MS } from '../plan/durations.ts';
import { csvLine, type ExportedFile } from './exported-file.ts';
import { METRICS, MinuteMetrics } from './minute-metrics.ts';

/** One minute: when it begins, and its line of CSV. */
interface MinuteLine {
  readonly startMs: number;
  readonly line: string;
}

const HEADER = csvLine(['time', ...METRICS]);
const OURS = /^time,checkout-service-01_load,/;
const table = (minutes: readonly MinuteLine[]) =>
  `${[HEADER, ...minutes.map(({ line }) => line)].join('\n')}\n`;

const lineOf = (startMs: number, metrics: MinuteMetrics): MinuteLine => ({
  startMs,
  line: csvLine([startMs / 1000, ...metrics.values()]),
});

/** The minutes of a file in the order of time. Throws AppError `data-file` with the line, or `file-unreadable`. */
async function minutesOf(file: string): Promise<MinuteLine[]> {
  const lines: MinuteLine[] = [];
  let startMs = Number.NEGATIVE_INFINITY;
  let metrics = new MinuteMetrics();
  for await (const { line, document } of readDocuments(file)) {
    const ms = Math.floor(Date.parse(String(document['@timestamp'])) / MINUTE_MS) * MINUTE_MS;
    if (Number.isNaN(ms))
      throw new AppError('data-file', { file, line, problem: '@timestamp is not a time' });
    if (ms < startMs)
      throw new AppError('data-file', { file, line, problem: 'this document is not in the order of time' });
    // What was lost is not there: minutes without a document have a line without values.
    for (; ms > startMs; startMs += MINUTE_MS) {
      if (startMs === Number.NEGATIVE_INFINITY) startMs = ms - MINUTE_MS;
      else lines.push(lineOf(startMs, metrics));
      metrics = new MinuteMetrics();
    }
    if (document['response_time_ms'] !== undefined) metrics.add(document);
  }
  return startMs === Number.NEGATIVE_INFINITY ? [] : [...lines, lineOf(startMs, metrics)];
}

/** Normal operation that a case shows before its incident begins. */
const BEFORE_MS = HOUR_MS;

/** From an hour before the onset, or the recovery of what came before, to the recovery. */
function caseSpan(
  entry: AnswerEntry,
  incidents: readonly AnswerEntry[],
): readonly [fromMs: number, toMs: number] {
  const onsetMs = Date.parse(entry.onset);
  const recoveries = incidents.map(({ recovered }) => Date.parse(recovered)).filter((ms) => ms <= onsetMs);
  return [Math.max(onsetMs - BEFORE_MS, ...recoveries), Date.parse(entry.recovered)];
}

function caseFiles(
  entry: AnswerEntry,
  number: number,
  [fromMs, toMs]: readonly [number, number],
  minutes: readonly MinuteLine[],
): ExportedFile[] {
  const folder = `metrics/cases/${entry.component}_${entry.reason}/${number}`;
  const shown = minutes.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  const inject = `${Math.floor(Date.parse(entry.onset) / 1000)}\n`;
  return [
    { path: `${folder}/data.csv`, text: table(shown), ours: OURS },
    { path: `${folder}/inject_time.txt`, text: inject, ours: /^\d{9,}\s*$/ },
  ];
}

/**
 * metrics/metrics.csv, which gives nothing away, and a case for each incident: `metrics/cases/<component>_<reason>/<n>`.
 * Throws AppError `data-file` with the line, or `file-unreadable`.
 */
export async function metricsFiles(key: readonly AnswerEntry[], data: string): Promise<ExportedFile[]> {
  const minutes = await minutesOf(data);
  const incidents = key.filter(({ kind }) => kind === 'incident');
  const numbers = new Map<string, number>();
  const cases = incidents.flatMap((entry) => {
    const cause = `${entry.component} ${entry.reason}`;
    const number = (numbers.get(cause) ?? 0) + 1;
    numbers.set(cause, number);
    return caseFiles(entry, number, caseSpan(entry, incidents), minutes);
  });
  return [{ path: 'metrics/metrics.csv', text: table(minutes), ours: OURS }, ...cases];
}
