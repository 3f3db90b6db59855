// What happens to the time between the last document of an index and the moment at which its shop goes live.
import type { Clock } from '../async/clock.ts';
import { wholeSecond } from '../plan/durations.ts';
import { estimate } from '../plan/estimate.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { LiveControl } from './control.ts';
import { ASKED_GAP_MS, type Gap, SHORT_GAP_MS } from './gap.ts';
import type { Keeper } from './keeper.ts';
import { localMomentText, localSpanText } from './local-time-text.ts';
import type { LivedIn } from './open.ts';
import type { LiveShop } from './shop.ts';
import type { LiveEvent } from './types.ts';

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
  if (beganMs - fromMs < SHORT_GAP_MS) return;
  const { offsets } = shop.planUntil(beganMs);
  const span = localSpanText(offsets, fromMs, beganMs);
  if (gap === 'backfill') {
    yield { type: 'notice', text: `Filling in ${span}: the index ended before now` };
    return;
  }
  shop.pause({ startMs: fromMs, endMs: beganMs });
  keeper.changed(beganMs + 1000);
  yield { type: 'notice', text: `No documents ${span}; the answer key names the gap` };
}

/** Interval between looks for the answer, ms. */
const LOOK_MS = 100;

interface Question {
  readonly wanted: Gap | 'ask';
  readonly found: LivedIn;
  readonly control: LiveControl;
  /** The clock on the wall, ms since 1970. */
  readonly wall: () => number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Says where the shop's clock is ahead of the wall's: an index may end later than now. */
export function* aheadOf({ endMs, input }: LivedIn, wallMs: number): Generator<LiveEvent> {
  if (endMs - wallMs < SHORT_GAP_MS) return;
  const end = localMomentText(makePlan(input).offsets, endMs);
  yield { type: 'notice', text: `The index ends ${end}, later than now: the shop goes on from there` };
}

/** The documents that fill that time, about. */
function missing({ input, endMs }: LivedIn, nowMs: number): number {
  const live = { incidents: [], ...input.live, untilMs: wholeSecond(nowMs) };
  return estimate({ ...makePlan({ ...input, live }), startMs: endMs }).documents;
}

/** A shop that was killed has documents after the end that its index remembers. */
const wasKilled = ({ endMs, lastMs }: LivedIn) => lastMs > endMs;

/** What happens to that time; where it matters and a person is to choose, waits for the choice. */
export async function* chosenGap(question: Question): AsyncGenerator<LiveEvent, Gap> {
  const { wanted, found, control, wall, clock, signal } = question;
  if (wanted !== 'ask') return wanted;
  const nowMs = wall();
  const { lastMs, input } = found;
  if (nowMs - lastMs < (wasKilled(found) ? SHORT_GAP_MS : ASKED_GAP_MS)) return 'backfill';
  const documents = missing(found, nowMs);
  yield { type: 'gap-found', lastMs, nowMs, documents, timeZone: input.parameters.timeZone };
  for (;;) {
    const chosen = control.takeGap();
    if (chosen !== undefined || signal.aborted) return chosen ?? 'backfill';
    await clock.sleep(LOOK_MS, signal);
  }
}
