// The load in words.

import { MAX_SENDERS } from '../../core/load/throughput-search.ts';
import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import type { RunView } from '../../wizard/run-view.ts';
import { QUIET_MS } from '../../wizard/run-view.ts';
import type { ChartWindow, MarkedSpan } from './chart.ts';
import { bytes, documents, duration, percent, roughDuration } from './format.ts';
import { SYMBOLS } from './symbols.ts';

/** No estimate of what is left in the first seconds: it would only be wrong. */
const SILENT_MS = 3000;
/** What is left is estimated from this much of the past. */
const AVERAGE_MS = 15_000;

/** Documents in the index, of how many, and how much that is. */
export function loadShare({ progress, planned = 0, loaded }: RunView): {
  acknowledged: number;
  planned: number;
  percent: number;
} {
  const acknowledged = progress?.acknowledged ?? 0;
  const share = loaded ? 100 : Math.min(99, percent(acknowledged, planned));
  return { acknowledged, planned: Math.max(planned, acknowledged), percent: share };
}

/** Items in a row, to be broken only between them. */
const inRow = (items: readonly string[]) => items.map((item) => item.replaceAll(' ', '\u00A0')).join(' · ');

/** `24,100 docs/s · 7.4 MB/s · about 5 s left · 7 s elapsed`; no speed before the first answer. */
export function speedWords(run: RunView): string {
  const { progress } = run;
  if (!progress) return '';
  const { documentsPerSecond, bytesPerSecond, elapsedMs, batches } = progress;
  const elapsed = `${duration(Math.max(1000, elapsedMs))} elapsed`;
  if (batches === 0) return inRow(['waiting for the first response', elapsed]);
  const left = remainingMs(run);
  return inRow([
    `${grouped(documentsPerSecond)} docs/s`,
    `${bytes(bytesPerSecond)}/s`,
    ...(left === undefined ? [] : [`about ${roughDuration(left)} left`]),
    elapsed,
  ]);
}

/** Nothing until each sender has had an answer: before, most of what is sent is not in the speed yet. */
function remainingMs(run: RunView): number | undefined {
  const { progress, loaded, limits, rates } = run;
  if (!progress || loaded || limits.paused || progress.elapsedMs < SILENT_MS) return undefined;
  if (progress.silentMs >= QUIET_MS || progress.senders === 0) return undefined;
  if (progress.batches <= progress.senders) return undefined;
  const late = rates.filter(({ elapsedMs }) => progress.elapsedMs - elapsedMs <= AVERAGE_MS);
  // The wait for the first answer is over; it says nothing about the speed of the rest.
  const recent = late.slice(late.findIndex(({ documentsPerSecond }) => documentsPerSecond > 0));
  const speed = recent.reduce((sum, { documentsPerSecond }) => sum + documentsPerSecond, 0) / recent.length;
  const { planned, acknowledged } = loadShare(run);
  return speed > 0 ? Math.max(1000, ((planned - acknowledged) / speed) * 1000) : undefined;
}

/** `42 bulk requests OK · 0 retried · 0 rejected`. */
export function batchWords({ progress }: RunView): string {
  if (!progress) return '';
  const { batches, retried, refused, alreadyThere } = progress;
  return inRow([
    `${grouped(batches)} bulk ${batches === 1 ? 'request' : 'requests'} OK`,
    `${grouped(retried)} retried`,
    `${grouped(refused)} rejected`,
    ...(alreadyThere > 0 ? [`${grouped(alreadyThere)} already indexed`] : []),
  ]);
}

/** `4 workers · bulk latency p95 210 ms`. */
export function senderWords({ progress, limits: { maxSenders } }: RunView): string {
  if (!progress) return '';
  const { batches, senders, answerP95Ms } = progress;
  return inRow([
    maxSenders < MAX_SENDERS
      ? `${senders} of at most ${maxSenders} ${maxSenders === 1 ? 'worker' : 'workers'}`
      : `${senders} ${senders === 1 ? 'worker' : 'workers'}`,
    ...(batches > 0 ? [`bulk latency p95 ${duration(answerP95Ms)}`] : []),
  ]);
}

/** What the load is doing, in one sentence. */
export function loadSentence({ status, loaded, progress, index, done, limits }: RunView): string {
  const inFlight = progress?.senders ?? 0;
  const requests = `${inFlight} bulk ${inFlight === 1 ? 'request' : 'requests'} in flight`;
  if (status === 'stopping') {
    return inFlight === 0 ? 'Stopping' : `Stopping: ${requests}`;
  }
  if (limits.paused && status === 'running' && !loaded) {
    return inFlight === 0 ? 'Paused; p resumes' : `Pausing: ${requests}`;
  }
  if (done?.ok || (loaded && status === 'ended')) return 'All documents loaded';
  if (loaded) return 'All documents loaded; running the checks';
  if (progress?.throttled) return 'The cluster asked to slow down; loading more slowly';
  if (progress && progress.senders === 0 && progress.acknowledged > 0) {
    return 'All documents sent; refreshing the index';
  }
  if (progress) return `Loading into ${index?.name ?? 'the index'}`;
  return index ? `Index ${index.name} is ready; loading starts` : 'Planning the data and preparing the index';
}

/** The chart of the speed shows at least so much time, so that its first columns are not stretched over all of it. */
const SHORTEST_MS = 10_000;

export interface SpeedSeries {
  /** One value a column, from the first response on; empty before. */
  readonly values: readonly number[];
  /** Time since the load began, ms. */
  readonly window: ChartWindow;
  /** How much of the window has passed, 0 to 1. */
  readonly filled: number;
  /** When the cluster asked to slow down. */
  readonly slowed: readonly MarkedSpan[];
}

/** The speed over time in so many columns. Before the first response nothing is known, so nothing is drawn. */
export function speedSeries({ rates }: RunView, columns: number): SpeedSeries {
  const answered = rates.slice(rates.findIndex(({ documentsPerSecond }) => documentsPerSecond > 0));
  const known = answered.some(({ documentsPerSecond }) => documentsPerSecond > 0) ? answered : [];
  const fromMs = known[0]?.elapsedMs ?? 0;
  const lastMs = known.at(-1)?.elapsedMs ?? fromMs;
  const toMs = fromMs + Math.max(SHORTEST_MS, lastMs - fromMs);
  const filled = (lastMs - fromMs) / (toMs - fromMs);
  const count = known.length === 0 ? 0 : Math.max(1, Math.round(columns * filled));
  // Old rates are thinned, so their places say nothing about their times.
  const values = Array.from({ length: count }, (_, column) => {
    const untilMs = fromMs + ((column + 1) / count) * (lastMs - fromMs);
    return known.findLast(({ elapsedMs }) => elapsedMs <= untilMs)?.documentsPerSecond ?? 0;
  });
  const slowed = known.flatMap(({ throttled, elapsedMs }, place) =>
    throttled
      ? [{ startMs: elapsedMs, endMs: known[place + 1]?.elapsedMs ?? elapsedMs + 1, mark: SYMBOLS.mark }]
      : [],
  );
  return { values, window: { fromMs, toMs }, filled, slowed };
}

/** The chart of the speed in a sentence, for those who do not see it. */
export function speedSentence({ rates }: RunView): string {
  const speeds = rates.map(({ documentsPerSecond }) => documentsPerSecond);
  const slowed = rates.some(({ throttled }) => throttled) ? '; the cluster asked to slow down' : '';
  return `Load rate ${grouped(speeds.at(-1) ?? 0)} documents per second, at most ${grouped(Math.max(0, ...speeds))}${slowed}`;
}

/** That the cluster says nothing, from five seconds on; empty before. */
export function silentWords({ progress, status }: RunView): string {
  const silentMs = progress?.silentMs ?? 0;
  if (status !== 'running' || silentMs < QUIET_MS) return '';
  const trouble = progress?.trouble ? ` (${progress.trouble})` : '';
  return `No response from the cluster for ${Math.floor(silentMs / 1000)} s${trouble}`;
}

/** What went wrong so far: rejected documents by reason, and what was retried. */
export function loadErrorLines({ progress, refusals, refusedFile }: RunView): readonly string[] {
  const again = progress?.retried ?? 0;
  const lines =
    refusals.length === 0
      ? ['No documents were rejected.']
      : refusals.map(
          ({ documents: many, reason, example }) =>
            `${documents(many)} rejected: ${plainText(reason)} (for example ${plainText(example)})`,
        );
  return [
    ...lines,
    ...(refusedFile ? ['', 'They are saved, each with its reason, in:', refusedFile] : []),
    '',
    again === 0
      ? 'Nothing was retried.'
      : `${grouped(again)} ${again === 1 ? 'retry' : 'retries'}, the last because of: ${plainText(progress?.trouble ?? '')}`,
  ];
}

/** How a load that is stopped now can go on. */
export const SAFE_TO_STOP = 'Safe to stop: loaded documents are kept and you can resume';
