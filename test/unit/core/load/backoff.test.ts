import { expect, test } from 'vitest';
import { backoffMs } from '../../../../src/core/load/backoff.ts';

test('waits double up to a limit, and any share of them may be taken', () => {
  expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, () => 1))).toEqual([200, 400, 800, 1600]);
  expect(backoffMs(50, () => 1)).toBe(10_000);
  expect(backoffMs(3, () => 0)).toBe(0);
  expect(backoffMs(3, () => 0.25)).toBe(200);
});
