import { expect, test } from 'vitest';
import { backoffMs } from '../../../../src/core/load/backoff.ts';
import { Meter, percentile } from '../../../../src/core/load/meter.ts';
import { Pace } from '../../../../src/core/load/pace.ts';

/** Answers to full requests, at a speed that depends on the number of senders and the size, until the clock shows `until`. */
function run(
  pace: Pace,
  from: number,
  until: number,
  megabytesPerSecond: (senders: number, megabytes: number) => number,
): number {
  let now = from;
  while (now < until) {
    const megabytes = pace.size / (1 << 20);
    const ms = (1000 * megabytes) / megabytesPerSecond(pace.senders, megabytes);
    now += ms;
    pace.answered(pace.size, ms * pace.senders, now);
  }
  return now;
}

/** What is on its way at once shares a cluster's speed, or each takes as long; gives how long answers took, in order. */
function served(
  pace: Pace,
  cluster: { readonly kilobytesPerSecond: number } | { readonly eachMs: number },
  untilMs: number,
): number[] {
  const onTheirWay = new Set<{ readonly size: number; readonly since: number; left: number }>();
  const times: number[] = [];
  const stepMs = 50;
  for (let now = 0; now < untilMs; now += stepMs) {
    while (onTheirWay.size < pace.senders) onTheirWay.add({ size: pace.size, since: now, left: pace.size });
    const share = onTheirWay.size;
    for (const request of onTheirWay) {
      const ms = now + stepMs - request.since;
      if ('eachMs' in cluster) request.left = ms < cluster.eachMs ? 1 : 0;
      else request.left -= (cluster.kilobytesPerSecond * stepMs) / share;
      if (request.left > 0) continue;
      onTheirWay.delete(request);
      times.push(ms);
      pace.answered(request.size, ms, now + stepMs);
    }
  }
  return times;
}

test('two begin, and six go on as soon as an answer comes in good time', () => {
  const pace = new Pace(0);
  expect(pace.senders).toBe(2);
  pace.answered(pace.size, 300, 300);
  expect(pace.senders).toBe(6);
});

test('a cluster that asks for less at once gets less than two', () => {
  const pace = new Pace(0);
  pace.slowDown(100);
  pace.answered(pace.size, 300, 300);
  expect(pace.senders).toBe(1);
});

test.each([200, 500, 1000, 2000, 4000])(
  'a cluster of %i kB a second answers within five seconds',
  (speed) => {
    const pace = new Pace(0);
    const times = served(pace, { kilobytesPerSecond: speed }, 900_000);
    // What it gets at first is answered before a request of a minute ends.
    expect(Math.max(...times)).toBeLessThan(60_000);
    const later = times.slice(times.length / 2);
    expect(later.filter((ms) => ms <= 5500).length / later.length).toBeGreaterThan(0.7);
    // Twice as much at once is tried now and then.
    expect(Math.max(...later)).toBeLessThan(11_000);
  },
);

test.each([6000, 20_000])(
  'where less at once makes answers no shorter than %i ms, it stays as it was',
  (eachMs) => {
    const pace = new Pace(0);
    const { size, senders } = pace;
    served(pace, { eachMs }, 300_000);
    expect({ size: pace.size, senders: pace.senders }).toEqual({ size, senders });
  },
);

test('senders grow while that brings more, up to eight', () => {
  const pace = new Pace(0);
  run(pace, 0, 60_000, (senders) => 10 * senders);
  expect(pace.senders).toBe(8);
});

test('senders go back when more of them bring nothing', () => {
  const pace = new Pace(0);
  const seen = new Set<number>();
  run(pace, 0, 60_000, (senders) => {
    seen.add(senders);
    return Math.min(senders, 7) * 10;
  });
  expect(Math.max(...seen)).toBe(8);
  expect(pace.senders).toBe(7);
});

test('being asked for less halves them, once for refusals that come together, and never below one', () => {
  const pace = new Pace(0);
  const now = run(pace, 0, 60_000, (senders) => 10 * senders);
  pace.slowDown(now);
  pace.slowDown(now + 5);
  expect(pace.senders).toBe(4);
  pace.slowDown(now + 1500);
  expect(pace.senders).toBe(2);
  pace.slowDown(now + 3000);
  pace.slowDown(now + 4500);
  expect(pace.senders).toBe(1);
});

test('requests grow while that brings more, and stay under 8 MiB', () => {
  const pace = new Pace(0);
  const sizes = new Set<number>();
  run(pace, 0, 90_000, (_, megabytes) => {
    sizes.add(megabytes);
    return 10 * megabytes;
  });
  expect(Math.max(...sizes)).toBe(7);
});

test('requests stay as they are when larger ones bring nothing', () => {
  const pace = new Pace(0);
  const { size } = pace;
  run(pace, 0, 7000, () => 30);
  expect([size, 7 << 20]).toContain(pace.size);
  expect(pace.senders).toBe(6);
});

test('answers that become slow halve the senders, a single slow one does not', () => {
  const pace = new Pace(0);
  const now = run(pace, 0, 60_000, (senders) => 10 * senders);
  expect(pace.senders).toBe(8);
  pace.answered(pace.size, 60_000, now + 1);
  expect(pace.senders).toBe(8);
  const seen = new Set<number>();
  run(pace, now + 1, now + 40_000, (senders) => {
    seen.add(senders);
    return 2 * senders;
  });
  expect(Math.min(...seen)).toBe(4);
});

test('with one sender left, being asked for less makes requests smaller, down to a quarter of a MiB', () => {
  const pace = new Pace(0);
  for (let now = 0; now < 60_000; now += 6000) pace.slowDown(now);
  expect(pace.senders).toBe(1);
  expect(pace.size).toBe(1 << 18);
});

test('a slow cluster gets as little at once as it answers within five seconds', () => {
  const pace = new Pace(0);
  run(pace, 0, 300_000, () => 2);
  expect(pace.senders * pace.size).toBeLessThanOrEqual(10 << 20);
  expect(pace.senders * pace.size).toBeGreaterThan(1 << 20);
});

test('they grow again once the cluster has had some rest', () => {
  const pace = new Pace(0);
  pace.answered(pace.size, 300, 0);
  pace.slowDown(1);
  expect(pace.senders).toBe(3);
  run(pace, 1, 4000, (senders) => 10 * senders);
  expect(pace.senders).toBe(3);
  run(pace, 4000, 30_000, (senders) => 10 * senders);
  expect(pace.senders).toBeGreaterThan(3);
});

test('waits double up to a limit, and any share of them may be taken', () => {
  expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, () => 1))).toEqual([200, 400, 800, 1600]);
  expect(backoffMs(50, () => 1)).toBe(10_000);
  expect(backoffMs(3, () => 0)).toBe(0);
  expect(backoffMs(3, () => 0.25)).toBe(200);
});

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
