// What a load says of itself while it runs.
import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../../../../src/core/events.ts';
import { loadSentence, speedSeries, speedWords } from '../../../../src/ui/text/load-text.ts';
import type { RunView } from '../../../../src/wizard/run-view.ts';
import { newRunView, runProgress } from '../../../../src/wizard/run-view.ts';
import { progressed } from '../../../helpers/fake-world.ts';

const PLANNED = 100_000;

/** A load of a node that was cold: nothing for five seconds, then this much. */
function load(...later: readonly Partial<LoadProgress>[]): RunView {
  const waiting = Array.from({ length: 50 }, (_, tenth) =>
    progressed({ senders: 6, elapsedMs: tenth * 100 }),
  );
  const planned: RunView = { ...newRunView('run', 'r1', 0), planned: PLANNED };
  return [...waiting, ...later.map((changes) => progressed({ senders: 6, ...changes }))].reduce<RunView>(
    (work, event) => runProgress(work, event, 0),
    planned,
  );
}

describe('what is left of a load', () => {
  it('is not guessed before every sender has had an answer', () => {
    const first = { batches: 1, acknowledged: 1000, documentsPerSecond: 300 };
    expect(speedWords(load({ ...first, elapsedMs: 5100 }))).not.toContain('left');
    expect(speedWords(load({ ...first, batches: 6, elapsedMs: 5900 }))).not.toContain('left');
  });

  it('is what remains at the speed since the first answer, however long that took', () => {
    const work = load({ batches: 7, acknowledged: 20_000, documentsPerSecond: 10_000, elapsedMs: 7000 });
    // 80,000 documents at 10,000 a second.
    expect(speedWords(work).replaceAll('\u00A0', ' ')).toContain('about 8 s left');
  });

  it('is not told once everything is sent', () => {
    const last = { batches: 30, acknowledged: 99_000, documentsPerSecond: 10_000, elapsedMs: 15_000 };
    expect(speedWords(load({ ...last, senders: 0 }))).not.toContain('left');
  });
});

describe('the first sentence of a load', () => {
  it('fits into the narrowest screen with the usual name of an index', () => {
    const index = { name: 'ecommerce_performance_demo', action: 'created' } as const;
    const sentence = loadSentence({ ...newRunView('run', 'r1', 0), index });
    expect(sentence).toContain(index.name);
    expect(sentence.length).toBeLessThanOrEqual(58);
  });
});

describe('the chart of the speed', () => {
  const fast = { batches: 6, senders: 6 };

  it('begins with the first response, and is empty where time has not come yet', () => {
    const { values, window, filled } = speedSeries(
      load(
        { ...fast, elapsedMs: 6000, documentsPerSecond: 2000 },
        { ...fast, elapsedMs: 8000, documentsPerSecond: 4000 },
      ),
      40,
    );
    expect(window).toEqual({ fromMs: 6000, toMs: 16_000 });
    expect(filled).toBeCloseTo(0.2);
    expect(values.length).toBe(8);
    expect(Math.min(...values)).toBe(2000);
    expect(values.at(-1)).toBe(4000);
  });

  it('shows nothing before the first response, and one point at it', () => {
    expect(speedSeries(load(), 40)).toMatchObject({ values: [], filled: 0 });
    const one = load({ ...fast, elapsedMs: 6000, documentsPerSecond: 2000 });
    expect(speedSeries(one, 40)).toMatchObject({ values: [2000], filled: 0 });
  });

  it('keeps the times of a long load, whose old rates are thinned', () => {
    const tenths = Array.from({ length: 3000 }, (_, place) => ({
      ...fast,
      elapsedMs: 5000 + place * 100,
      documentsPerSecond: place < 1500 ? 1000 : 9000,
    }));
    const { values } = speedSeries(load(...tenths), 100);
    expect(values.filter((value) => value === 1000).length).toBe(50);
  });

  it('marks when the cluster asked to slow down', () => {
    const { slowed } = speedSeries(
      load(
        { ...fast, elapsedMs: 6000, documentsPerSecond: 2000, throttled: true },
        { ...fast, elapsedMs: 8000, documentsPerSecond: 4000 },
      ),
      40,
    );
    expect(slowed).toMatchObject([{ startMs: 6000, endMs: 8000 }]);
  });
});
