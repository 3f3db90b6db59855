import { expect, test } from 'vitest';
import { Statistics } from '../../../../src/core/live/statistics.ts';

const BEGAN = Date.parse('2026-11-24T16:00:00Z');

/** One transaction a second from a second on; every so many fail and take long. */
function transactions(from: number, to: number, failing = Number.POSITIVE_INFINITY) {
  return Array.from({ length: to - from }, (_, at) => {
    const failed = (at + 1) % failing === 0;
    return {
      ms: BEGAN + (from + at) * 1000,
      responseMs: failed ? 30_000 : 200,
      error: failed ? 'PAYMENT_TIMEOUT' : '',
      ...{ marker: false, weight: 1 },
    };
  });
}

test('in real time a moment every 10 s, which looks back on 30 s at most', () => {
  const statistics = new Statistics(1, BEGAN);
  statistics.add(transactions(0, 60), BEGAN + 60_000);
  const { moments, documents } = statistics.latest();
  expect(documents).toBe(60);
  expect(moments.map(({ startMs }) => (startMs - BEGAN) / 1000)).toEqual([0, 10, 20, 30, 40, 50]);
  // One a second is sixty a minute, also before 30 s have passed.
  expect(moments.map(({ perMinute }) => perMinute)).toEqual([60, 60, 60, 60, 60, 60]);
});

test('the moment under way counts what has ended so far', () => {
  const statistics = new Statistics(1, BEGAN);
  statistics.add(transactions(0, 60), BEGAN + 60_000);
  statistics.add(transactions(60, 65, 2), BEGAN + 65_000);
  const last = statistics.latest().moments.at(-1);
  expect(last).toEqual({
    startMs: BEGAN + 60_000,
    perMinute: 60,
    p95Ms: 30_000,
    errorRate: 2 / 25,
  });
});

test('the rate is that of the shop, however many sessions are kept', () => {
  const statistics = new Statistics(1, BEGAN);
  const sparse = transactions(0, 60).filter((_, at) => at % 10 === 0);
  statistics.add(
    sparse.map((one) => ({ ...one, weight: 10 })),
    BEGAN + 60_000,
  );
  statistics.add(transactions(60, 80), BEGAN + 80_000);
  const { moments, documents } = statistics.latest();
  expect(documents).toBe(26);
  expect(moments.map(({ perMinute }) => perMinute)).toEqual([60, 60, 60, 60, 60, 60, 60, 60]);
});

test('what is longer ago than 30 s is not in it', () => {
  const statistics = new Statistics(1, BEGAN);
  statistics.add(transactions(0, 30, 1), BEGAN + 30_000);
  expect(statistics.latest().moments.at(-1)?.errorRate).toBe(1);
  statistics.add(transactions(30, 60), BEGAN + 60_000);
  expect(statistics.latest().moments.at(-1)).toMatchObject({ errorRate: 0, p95Ms: 200 });
});

test('a silence is a rate of nothing, and a long one is not shown step by step', () => {
  const statistics = new Statistics(1, BEGAN);
  statistics.add(transactions(0, 10), BEGAN + 10_000);
  statistics.add([], BEGAN + 60_000);
  expect(statistics.latest().moments.at(-1)).toMatchObject({ perMinute: 0, p95Ms: 0, errorRate: 0 });
  statistics.add([], BEGAN + 86_400_000);
  const { moments } = statistics.latest();
  expect(moments).toHaveLength(6);
  expect(moments.at(-1)?.startMs).toBe(BEGAN + 86_390_000);
});

test('where the shop passes fast, a moment is a minute', () => {
  const statistics = new Statistics(60, BEGAN);
  statistics.add(transactions(0, 180), BEGAN + 180_000);
  const { moments } = statistics.latest();
  expect(moments.map(({ startMs, perMinute }) => [startMs - BEGAN, perMinute])).toEqual([
    [0, 60],
    [60_000, 60],
    [120_000, 60],
  ]);
});

test('at most sixty moments and five errors are kept', () => {
  const statistics = new Statistics(1, BEGAN);
  statistics.add(transactions(0, 3600, 10), BEGAN + 3_600_000);
  const { moments, errors } = statistics.latest();
  expect(moments).toHaveLength(60);
  expect(errors.map(({ ms }) => (ms - BEGAN) / 1000)).toEqual([3559, 3569, 3579, 3589, 3599]);
});
