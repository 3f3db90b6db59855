// The load in words.
import type { Work } from '../../wizard/state.ts';
import { bytes, count, duration, percent } from './format.ts';

/** No estimate of what is left in the first seconds: it would only be wrong. */
const SILENT_MS = 3000;
/** A load without an answer for this long is worth a word. */
export const QUIET_MS = 5000;

/** Documents in the index, of how many, and how much that is. */
export function loadShare({ progress, planned = 0, loaded }: Work): {
  acknowledged: number;
  planned: number;
  percent: number;
} {
  const acknowledged = progress?.acknowledged ?? 0;
  const share = loaded ? 100 : Math.min(99, percent(acknowledged, planned));
  return { acknowledged, planned: Math.max(planned, acknowledged), percent: share };
}

/** `24,100 docs/s · 7.4 MB/s · about 5 s left · 7 s so far`. */
export function speedWords(work: Work): string {
  const { progress } = work;
  if (!progress) return '';
  const { documentsPerSecond, bytesPerSecond, elapsedMs } = progress;
  const left = remainingMs(work);
  return [
    `${count(documentsPerSecond)} docs/s`,
    `${bytes(bytesPerSecond)}/s`,
    ...(left === undefined ? [] : [`about ${duration(left)} left`]),
    `${duration(Math.max(1000, elapsedMs))} so far`,
  ].join(' · ');
}

function remainingMs(work: Work): number | undefined {
  const { progress, loaded } = work;
  if (!progress || loaded || progress.elapsedMs < SILENT_MS || progress.documentsPerSecond <= 0) {
    return undefined;
  }
  const { planned, acknowledged } = loadShare(work);
  return Math.max(1000, ((planned - acknowledged) / progress.documentsPerSecond) * 1000);
}

/** `42 batches ok · 0 sent again · 0 refused · 4 senders · answers p95 210 ms`, to be broken only between the items. */
export function batchWords({ progress }: Work): string {
  if (!progress) return '';
  const { batches, retried, refused, senders, answerP95Ms, alreadyThere } = progress;
  return [
    `${count(batches)} batches ok`,
    `${count(retried)} sent again`,
    `${count(refused)} refused`,
    ...(alreadyThere > 0 ? [`${count(alreadyThere)} were there already`] : []),
    `${senders} ${senders === 1 ? 'sender' : 'senders'}`,
    `answers p95 ${duration(answerP95Ms)}`,
  ]
    .map((item) => item.replaceAll(' ', '\u00A0'))
    .join(' · ');
}

/** What the load is doing, in one sentence. */
export function loadSentence({ status, loaded, progress, index, done }: Work): string {
  if (status === 'stopping') return 'Stopping: batches on their way are still being answered';
  if (done?.ok || (loaded && status === 'ended')) return 'Everything is loaded';
  if (loaded) return 'Everything is loaded; the checks are being asked';
  if (progress?.throttled) return 'The cluster asks to slow down; loading goes on more slowly';
  if (progress && progress.senders === 0 && progress.acknowledged > 0) {
    return 'Everything is sent; OpenSearch makes it searchable';
  }
  if (progress) return `Loading into ${index?.name ?? 'the index'}`;
  return index
    ? `The index ${index.name} is ready; the first batches are on their way`
    : 'Planning, and preparing the index';
}

/** How a load that is stopped now can go on. */
export const SAFE_TO_STOP = 'Safe to stop: what is loaded stays, the rest can follow';
