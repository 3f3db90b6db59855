// Who is asked about the time since the last document of an index, and what they are told.
import { describe, expect, it } from 'vitest';
import { generateDocuments } from '../../../../src/core/generate/index.ts';
import { LiveControl } from '../../../../src/core/live/control.ts';
import type { Gap } from '../../../../src/core/live/gap.ts';
import { localMomentText, localSpanText } from '../../../../src/core/live/local-time-text.ts';
import type { LivedIn } from '../../../../src/core/live/open.ts';
import { LiveShop } from '../../../../src/core/live/shop.ts';
import { aheadOf, chosenGap } from '../../../../src/core/live/since-then.ts';
import type { LiveEvent } from '../../../../src/core/live/types.ts';
import { MINUTE_MS } from '../../../../src/core/plan/durations.ts';
import { makePlan } from '../../../../src/core/plan/make-plan.ts';
import { DEFAULTS, NOW } from '../../../helpers/generated.ts';

const input = { parameters: { ...DEFAULTS, days: 1 }, presets: [], nowMs: NOW };
const { endMs } = makePlan(input);

/** What is asked so many minutes after the end; who answers leaves it empty. */
async function asked(
  minutes: number,
  { wanted = 'ask', lastMs = endMs }: { wanted?: Gap | 'ask'; lastMs?: number } = {},
) {
  const control = new LiveControl();
  const nowMs = lastMs + minutes * MINUTE_MS;
  const asking = chosenGap({
    ...{ wanted, control, wall: () => nowMs, signal: new AbortController().signal },
    found: { input, endMs, lastMs } as unknown as LivedIn,
    clock: { now: () => 0, sleep: async () => control.chooseGap('leave') },
  });
  const heard: LiveEvent[] = [];
  for (;;) {
    const { done, value } = await asking.next();
    if (done) return { heard, gap: value };
    heard.push(value);
  }
}

it.each([0.5, 2, 9.9])('%d minutes are filled without a question', async (minutes) => {
  expect(await asked(minutes)).toEqual({ heard: [], gap: 'backfill' });
});

it('from ten minutes on a person chooses, and is told about how many documents fill it', async () => {
  const { heard, gap } = await asked(600);
  expect(gap).toBe('leave');
  const [question] = heard;
  if (question?.type !== 'gap-found') throw new Error('nobody was asked');
  expect(question).toMatchObject({ lastMs: endMs, nowMs: endMs + 600 * MINUTE_MS });
  const plan = new LiveShop(input).planUntil(endMs + 600 * MINUTE_MS);
  const slots = { from: plan.slotCount - 600, to: plan.slotCount };
  const { length } = [...generateDocuments(plan, slots)];
  expect(Math.abs(question.documents / length - 1)).toBeLessThan(0.05);
});

it('after a kill a person chooses from the first minute on', async () => {
  const lastMs = endMs + 30 * MINUTE_MS;
  expect((await asked(2, { lastMs })).heard).toMatchObject([{ type: 'gap-found', lastMs }]);
  expect((await asked(0.5, { lastMs })).heard).toEqual([]);
});

it.each(['backfill', 'leave'] as const)('--gap %s is an answer already', async (wanted) => {
  expect(await asked(600, { wanted })).toEqual({ heard: [], gap: wanted });
});

describe('what is told of it', () => {
  const { offsets } = makePlan(input);
  const at = (text: string) => Date.parse(text);

  it('is the time of a span, with its days where it is more than one', () => {
    const [from, soon, later] = ['2026-03-04T15:05:40Z', '2026-03-04T15:59:00Z', '2026-03-06T07:00:00Z'].map(
      at,
    );
    expect(localSpanText(offsets, from ?? 0, soon ?? 0)).toBe('16:05 to 16:59');
    expect(localSpanText(offsets, from ?? 0, later ?? 0)).toBe('Wed 4 Mar 16:05 to Fri 6 Mar 08:00');
  });

  it('says so when the index ends later than now, and nothing when it does not', () => {
    const found = { input, endMs, lastMs: endMs } as unknown as LivedIn;
    expect([...aheadOf(found, endMs - 2000)]).toEqual([]);
    const [notice] = aheadOf(found, endMs - 3_600_000);
    expect(notice).toEqual({
      type: 'notice',
      text: `The index ends ${localMomentText(offsets, endMs)}, later than now: the shop goes on from there`,
    });
  });
});
