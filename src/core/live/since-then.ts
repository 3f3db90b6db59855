// The time between the last document of an index and the moment at which its shop goes live.
import type { Keeper } from './keeper.ts';
import { localTimeText } from './local-time-text.ts';
import type { LivedIn } from './open.ts';
import type { LiveShop } from './shop.ts';
import type { LiveEvent } from './types.ts';

/** What happens to it: it is filled with the documents it would have, or left without any. */
export const GAPS = ['backfill', 'leave'] as const;
export type Gap = (typeof GAPS)[number];

/** Less than this is no gap. */
const SHORT_MS = 60_000;

interface Since {
  readonly gap: Gap;
  readonly found: LivedIn;
  readonly beganMs: number;
  readonly shop: LiveShop;
  readonly keeper: Keeper;
}

/** Says what happens to that time where it is long enough to be seen, and lets the key know of a gap that stays. */
export function* sinceThen({ gap, found, beganMs, shop, keeper }: Since): Generator<LiveEvent> {
  const fromMs = gap === 'leave' ? found.lastMs : found.endMs;
  if (beganMs - fromMs < SHORT_MS) return;
  const { offsets } = shop.planUntil(beganMs);
  const span = `from ${localTimeText(offsets, fromMs)} to ${localTimeText(offsets, beganMs)}`;
  if (gap === 'backfill') {
    yield { type: 'notice', text: `The index ends before now: the documents ${span} are added first` };
    return;
  }
  shop.pause({ startMs: fromMs, endMs: beganMs });
  keeper.changed(beganMs + 1000);
  yield { type: 'notice', text: `No documents ${span}: the answer key names it as a gap in the data` };
}
