import { expect, test } from 'vitest';
import { Meter, percentile } from '../../../../src/core/load/meter.ts';

test('the 95th percentile is the nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.95)).toBe(95);
  expect(percentile([7], 0.95)).toBe(7);
  expect(percentile([], 0.95)).toBe(0);
});

test('rates look at the last three seconds only', () => {
  const meter = new Meter(0);
  for (let second = 1; second <= 10; second++) {
    meter.acknowledged += second <= 5 ? 1000 : 200;
    meter.bytes += 100;
    meter.progress(second * 1000);
  }
  const { documentsPerSecond, bytesPerSecond, elapsedMs } = meter.progress(10_000);
  expect({ documentsPerSecond, bytesPerSecond, elapsedMs }).toEqual({
    documentsPerSecond: 200,
    bytesPerSecond: 100,
    elapsedMs: 10_000,
  });
});

test('throttled is true for a moment after the cluster asked for less', () => {
  const meter = new Meter(0);
  expect(meter.progress(1).throttled).toBe(false);
  meter.busy(1000);
  expect(meter.progress(1500).throttled).toBe(true);
  expect(meter.progress(9000).throttled).toBe(false);
});
