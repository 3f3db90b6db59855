import { expect, test } from 'vitest';
import { ConcurrencyController } from '../../../../src/core/load/concurrency-controller.ts';

/** Answers to full requests, at a speed that depends on the number of senders and the size, until the clock shows `until`. */
function run(
  controller: ConcurrencyController,
  from: number,
  until: number,
  megabytesPerSecond: (senders: number, megabytes: number) => number,
): number {
  let now = from;
  while (now < until) {
    const megabytes = controller.size / (1 << 20);
    const ms = (1000 * megabytes) / megabytesPerSecond(controller.senders, megabytes);
    now += ms;
    controller.answered(controller.size, ms * controller.senders, now);
  }
  return now;
}

/** What is on its way at once shares a cluster's speed, or each takes as long; gives how long answers took, in order. */
function served(
  controller: ConcurrencyController,
  cluster: { readonly kilobytesPerSecond: number } | { readonly eachMs: number },
  untilMs: number,
): number[] {
  const onTheirWay = new Set<{ readonly size: number; readonly since: number; left: number }>();
  const times: number[] = [];
  const stepMs = 50;
  for (let now = 0; now < untilMs; now += stepMs) {
    while (onTheirWay.size < controller.senders)
      onTheirWay.add({ size: controller.size, since: now, left: controller.size });
    const share = onTheirWay.size;
    for (const request of onTheirWay) {
      const ms = now + stepMs - request.since;
      if ('eachMs' in cluster) request.left = ms < cluster.eachMs ? 1 : 0;
      else request.left -= (cluster.kilobytesPerSecond * stepMs) / share;
      if (request.left > 0) continue;
      onTheirWay.delete(request);
      times.push(ms);
      controller.answered(request.size, ms, now + stepMs);
    }
  }
  return times;
}

test('two begin, and six go on as soon as an answer comes in good time', () => {
  const controller = new ConcurrencyController(0);
  expect(controller.senders).toBe(2);
  controller.answered(controller.size, 300, 300);
  expect(controller.senders).toBe(6);
});

test('a cluster that asks for less at once gets less than two', () => {
  const controller = new ConcurrencyController(0);
  controller.slowDown(100);
  controller.answered(controller.size, 300, 300);
  expect(controller.senders).toBe(1);
});

test.each([200, 500, 1000, 2000, 4000])(
  'a cluster of %i kB a second answers within five seconds',
  (speed) => {
    const controller = new ConcurrencyController(0);
    const times = served(controller, { kilobytesPerSecond: speed }, 900_000);
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
    const controller = new ConcurrencyController(0);
    const { size, senders } = controller;
    served(controller, { eachMs }, 300_000);
    expect({ size: controller.size, senders: controller.senders }).toEqual({ size, senders });
  },
);

test('senders grow while that brings more, up to eight', () => {
  const controller = new ConcurrencyController(0);
  run(controller, 0, 60_000, (senders) => 10 * senders);
  expect(controller.senders).toBe(8);
});

test('senders go back when more of them bring nothing', () => {
  const controller = new ConcurrencyController(0);
  const seen = new Set<number>();
  run(controller, 0, 60_000, (senders) => {
    seen.add(senders);
    return Math.min(senders, 7) * 10;
  });
  expect(Math.max(...seen)).toBe(8);
  expect(controller.senders).toBe(7);
});

test('being asked for less halves them, once for refusals that come together, and never below one', () => {
  const controller = new ConcurrencyController(0);
  const now = run(controller, 0, 60_000, (senders) => 10 * senders);
  controller.slowDown(now);
  controller.slowDown(now + 5);
  expect(controller.senders).toBe(4);
  controller.slowDown(now + 1500);
  expect(controller.senders).toBe(2);
  controller.slowDown(now + 3000);
  controller.slowDown(now + 4500);
  expect(controller.senders).toBe(1);
});

test('requests grow while that brings more, and stay under 8 MiB', () => {
  const controller = new ConcurrencyController(0);
  const sizes = new Set<number>();
  run(controller, 0, 90_000, (_, megabytes) => {
    sizes.add(megabytes);
    return 10 * megabytes;
  });
  expect(Math.max(...sizes)).toBe(7);
});

test('requests stay as they are when larger ones bring nothing', () => {
  const controller = new ConcurrencyController(0);
  const { size } = controller;
  run(controller, 0, 7000, () => 30);
  expect([size, 7 << 20]).toContain(controller.size);
  expect(controller.senders).toBe(6);
});

test('answers that become slow halve the senders, a single slow one does not', () => {
  const controller = new ConcurrencyController(0);
  const now = run(controller, 0, 60_000, (senders) => 10 * senders);
  expect(controller.senders).toBe(8);
  controller.answered(controller.size, 60_000, now + 1);
  expect(controller.senders).toBe(8);
  const seen = new Set<number>();
  run(controller, now + 1, now + 40_000, (senders) => {
    seen.add(senders);
    return 2 * senders;
  });
  expect(Math.min(...seen)).toBe(4);
});

test('with one sender left, being asked for less makes requests smaller, down to a quarter of a MiB', () => {
  const controller = new ConcurrencyController(0);
  for (let now = 0; now < 60_000; now += 6000) controller.slowDown(now);
  expect(controller.senders).toBe(1);
  expect(controller.size).toBe(1 << 18);
});

test('a slow cluster gets as little at once as it answers within five seconds', () => {
  const controller = new ConcurrencyController(0);
  run(controller, 0, 300_000, () => 2);
  expect(controller.senders * controller.size).toBeLessThanOrEqual(10 << 20);
  expect(controller.senders * controller.size).toBeGreaterThan(1 << 20);
});

test('they grow again once the cluster has had some rest', () => {
  const controller = new ConcurrencyController(0);
  controller.answered(controller.size, 300, 0);
  controller.slowDown(1);
  expect(controller.senders).toBe(3);
  run(controller, 1, 4000, (senders) => 10 * senders);
  expect(controller.senders).toBe(3);
  run(controller, 4000, 30_000, (senders) => 10 * senders);
  expect(controller.senders).toBeGreaterThan(3);
});
