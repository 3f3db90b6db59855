// The load in words.

import { MAX_SENDERS } from '../../core/load/throughput-search.ts';
import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { QUIET_MS } from '../../wizard/load-control.ts';
import type { RunView } from '../../wizard/state.ts';
import { bytes, documents, duration, percent } from './format.ts';

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

/** `24,100 docs/s · 7.4 MB/s · about 5 s left · 7 s so far`; no speed before the first answer. */
export function speedWords(run: RunView): string {
  const { progress } = run;
  if (!progress) return '';
  const { documentsPerSecond, bytesPerSecond, elapsedMs, batches } = progress;
  const elapsed = `${duration(Math.max(1000, elapsedMs))} so far`;
  if (batches === 0) return inRow(['no batch is answered yet', elapsed]);
  const left = remainingMs(run);
  return inRow([
    `${grouped(documentsPerSecond)} docs/s`,
    `${bytes(bytesPerSecond)}/s`,
    ...(left === undefined ? [] : [`about ${duration(left)} left`]),
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

/** `42 batches ok · 0 sent again · 0 refused`. */
export function batchWords({ progress }: RunView): string {
  if (!progress) return '';
  const { batches, retried, refused, alreadyThere } = progress;
  return inRow([
    `${grouped(batches)} ${batches === 1 ? 'batch' : 'batches'} ok`,
    `${grouped(retried)} sent again`,
    `${grouped(refused)} refused`,
    ...(alreadyThere > 0 ? [`${grouped(alreadyThere)} were there already`] : []),
  ]);
}

/** `4 senders · answers p95 210 ms`. */
export function senderWords({ progress, limits: { maxSenders } }: RunView): string {
  if (!progress) return '';
  const { batches, senders, answerP95Ms } = progress;
  return inRow([
    maxSenders < MAX_SENDERS
      ? `${senders} of at most ${maxSenders} ${maxSenders === 1 ? 'sender' : 'senders'}`
      : `${senders} ${senders === 1 ? 'sender' : 'senders'}`,
    ...(batches > 0 ? [`answers p95 ${duration(answerP95Ms)}`] : []),
  ]);
}

/** What the load is doing, in one sentence. */
export function loadSentence({ status, loaded, progress, index, done, limits }: RunView): string {
  const onTheirWay = progress?.senders ?? 0;
  const batches = onTheirWay === 1 ? '1 batch is on its way' : `${onTheirWay} batches are on their way`;
  if (status === 'stopping') {
    return onTheirWay === 0 ? 'Stopping' : `Stopping: ${batches}`;
  }
  if (limits.paused && status === 'running' && !loaded) {
    return onTheirWay === 0 ? 'Paused; p goes on' : `Pausing: ${batches}`;
  }
  if (done?.ok || (loaded && status === 'ended')) return 'Everything is loaded';
  if (loaded) return 'Everything is loaded; the checks are being asked';
  if (progress?.throttled) return 'The cluster asks to slow down; loading goes on more slowly';
  if (progress && progress.senders === 0 && progress.acknowledged > 0) {
    return 'Everything is sent; OpenSearch makes it searchable';
  }
  if (progress) return `Loading into ${index?.name ?? 'the index'}`;
  return index ? `Index ${index.name} is ready; sending begins` : 'Planning, and preparing the index';
}

/** The chart of the speed in a sentence, for those who do not see it. */
export function speedSentence({ rates }: RunView): string {
  const speeds = rates.map(({ documentsPerSecond }) => documentsPerSecond);
  const slowed = rates.some(({ throttled }) => throttled) ? '; the cluster asked to slow down' : '';
  return `Speed now ${grouped(speeds.at(-1) ?? 0)} documents a second, ${grouped(Math.max(0, ...speeds))} at most${slowed}`;
}

/** That the cluster says nothing, from five seconds on; empty before. */
export function silentWords({ progress, status }: RunView): string {
  const silentMs = progress?.silentMs ?? 0;
  if (status !== 'running' || silentMs < QUIET_MS) return '';
  const trouble = progress?.trouble ? ` (${progress.trouble})` : '';
  return `No answer from the cluster for ${Math.floor(silentMs / 1000)} s${trouble}`;
}

/** What went wrong so far: refused documents by reason, and what had to be sent again. */
export function loadErrorLines({ progress, refusals, refusedFile }: RunView): readonly string[] {
  const again = progress?.retried ?? 0;
  const lines =
    refusals.length === 0
      ? ['No document was refused.']
      : refusals.map(
          ({ documents: many, reason, example }) =>
            `${documents(many)} refused: ${plainText(reason)} (one of them is ${plainText(example)})`,
        );
  return [
    ...lines,
    ...(refusedFile ? ['', 'They are kept, each with its reason, in:', refusedFile] : []),
    '',
    again === 0
      ? 'Nothing had to be sent again.'
      : `${grouped(again)} times something was sent again; the last time because: ${plainText(progress?.trouble ?? '')}`,
  ];
}

/** How a load that is stopped now can go on. */
export const SAFE_TO_STOP = 'Safe to stop: what is loaded stays, the rest can follow';
