// Exact quantiles of response times: by hand, and against sorting.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile, ResponseTimeCounter } from '../../../../../src/core/generate/count/response-times.ts';

const countOf = (times: readonly number[]) => {
  const counter = new ResponseTimeCounter();
  for (const ms of times) counter.add(ms);
  return counter.take();
};

describe('nearest-rank quantiles', () => {
  it('are those worked out by hand', () => {
    const times = countOf([5, 1, 4, 2, 3, 6, 8, 7, 10, 9]);
    expect([0.1, 0.5, 0.51, 0.95, 0.99, 1].map((share) => quantile(times, share))).toEqual([
      1, 5, 6, 10, 10, 10,
    ]);
    expect(quantile(countOf(Array.from({ length: 100 }, (_, at) => at + 1)), 0.07)).toBe(7);
    expect(quantile(countOf([]), 0.5)).toBe(0);
  });

  it('are elements of what was counted, at the rank that sorting gives', () => {
    const times = fc.array(fc.integer({ min: 0, max: 35_000 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 100 }), (all, percent) => {
        const sorted = all.toSorted((a, b) => a - b);
        expect(quantile(countOf(all), percent / 100)).toBe(
          sorted[Math.ceil((percent * all.length) / 100) - 1],
        );
      }),
    );
  });
});

it('counts begin anew once they were taken', () => {
  const counter = new ResponseTimeCounter();
  counter.add(30_012);
  counter.add(30_012);
  expect(counter.take()).toEqual({ 30012: 2 });
  counter.add(7);
  expect(counter.take()).toEqual({ 7: 1 });
});
