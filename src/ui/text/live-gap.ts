// What is asked where the index ends a while ago, and the two answers.
import type { Gap } from '../../core/live/gap.ts';
import type { LiveView } from '../../wizard/live-view.ts';
import { roughDuration } from './format.ts';
import { momentWords } from './when.ts';

export interface GapChoice {
  readonly gap: Gap;
  readonly label: string;
  readonly hint: string;
}

/** The first is the usual one. */
export const GAP_CHOICES: readonly GapChoice[] = [
  { gap: 'backfill', label: 'Fill it', hint: 'adds the documents the shop would have had, then goes on' },
  { gap: 'leave', label: 'Leave a gap', hint: 'adds none for that time; the answer key names the gap' },
];

/** `The index ends Fri 27 Nov 16:58, 12 min ago.` */
export function gapFact({ gap }: LiveView): string {
  if (!gap) return '';
  const { lastMs, nowMs, timeZone } = gap;
  return `The index ends ${momentWords(lastMs, timeZone)}, ${roughDuration(nowMs - lastMs)} ago.`;
}

export const GAP_QUESTION = 'What do you want to do with the time since then?';
