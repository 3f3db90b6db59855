// What is asked where the index ends a while ago, and the two answers.
import type { Gap } from '../../core/live/gap.ts';
import { grouped } from '../../text/numbers.ts';
import type { LiveView } from '../../wizard/live-view.ts';
import { roughDuration } from './format.ts';
import { momentWords } from './when.ts';

export interface GapChoice {
  readonly gap: Gap;
  readonly label: string;
  readonly hint: string;
}

/** So many a second are filled in, roughly: 3,000 to 4,000 were measured on two cores. */
const FILLED_PER_SECOND = 3000;
/** Below this the seconds are not worth counting. */
const FEW_MS = 5000;

/** `≈ 37,000 documents, about 12 s`. */
function fillWords(documents: number): string {
  const ms = (documents / FILLED_PER_SECOND) * 1000;
  const time = ms < FEW_MS ? 'a few seconds' : `about ${roughDuration(ms)}`;
  return `≈ ${grouped(Number(documents.toPrecision(2)))} documents, ${time}`;
}

/** The first is the usual one: Enter takes it. */
export const gapChoices = ({ gap }: LiveView): readonly GapChoice[] => [
  { gap: 'backfill', label: 'Fill it', hint: `adds ${fillWords(gap?.documents ?? 0)}` },
  { gap: 'leave', label: 'Leave a gap', hint: 'adds nothing; the answer key names the gap' },
];

/** `The index ends Fri 27 Nov 16:58, 12 min ago.` */
export function gapFact({ gap }: LiveView): string {
  if (!gap) return '';
  const { lastMs, nowMs, timeZone } = gap;
  return `The index ends ${momentWords(lastMs, timeZone)}, ${roughDuration(nowMs - lastMs)} ago.`;
}

export const GAP_QUESTION = 'What do you want to do with the time since then?';
