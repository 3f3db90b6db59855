// What ends a leak of connections is a rolling restart: markers with gaps of their own, and fresh processes behind them.
import { expect, test } from 'vitest';
import { simulate } from '../../../../src/core/plan/simulate.ts';
import { planWith } from '../../../helpers/generated.ts';

const seeds = [1, 2, 3, 4, 5, 6];
const leaks = seeds.map((seed) => {
  const plan = planWith({ seed, days: 3 });
  const incident = plan.incidents.find(({ preset }) => preset === 'database-pool-exhaustion');
  if (!incident) throw new Error('no leak');
  const endings = plan.markers.filter(
    ({ ms, server }) => server >= 0 && ms >= incident.mitigatedMs && ms < incident.mitigatedMs + 100_000,
  );
  return { plan, incident, endings, t: simulate(plan, incident).timeline };
});

test('servers get it one after another, in gaps that differ', () => {
  const gaps = leaks.flatMap(({ endings }) => {
    expect(new Set(endings.map(({ server }) => server)).size).toBe(3);
    return endings.slice(1).map(({ ms }, index) => ms - (endings[index]?.ms ?? 0));
  });
  expect(new Set(gaps).size).toBe(gaps.length);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10_000);
  expect(Math.max(...gaps)).toBeLessThan(60_000);
});

test('a fresh process has an empty heap, a whole pool and a slow first minute', () => {
  for (const { endings, t } of leaks)
    for (const { ms, server } of endings) {
      // A process answers what it has for half a minute before the next one takes its place.
      const reading = Math.ceil((ms + 31_000 - t.startMs) / 10_000);
      const at = (gauge: ArrayLike<number>, later = 0) => gauge[(reading + later) * 3 + server] ?? Number.NaN;
      expect(at(t.heap)).toBeLessThan(30);
      expect(at(t.heap, 1)).toBeGreaterThan(at(t.heap));
      expect(at(t.poolActive)).toBeLessThan(10);
      expect(at(t.poolPending)).toBe(0);
      const own = (second: number) => t.own[(reading * 10 + second) * 3 + server] ?? Number.NaN;
      expect(own(0)).toBeGreaterThan(1.2);
      expect(own(120)).toBeCloseTo(1, 1);
    }
});

test('messages vary and name no cause', () => {
  const messages = leaks.flatMap(({ plan }) => plan.markers.map(({ message }) => message));
  expect(new Set(messages).size).toBeGreaterThan(40);
  for (const message of messages) expect(message).not.toMatch(/leak|pool|timeout|exhaust|incident|\{/i);
});

test('a leak of memory fails requests only where collections have become long, and its releases are unevenly apart', () => {
  for (const { plan } of leaks) {
    const incident = plan.incidents.find(({ preset }) => preset === 'memory-pressure');
    if (!incident) throw new Error('no leak');
    const { outOfMemory, gcMs, rollouts } = simulate(plan, incident).timeline;
    // A healthy server pauses for some 12 ms. Chances below one in fifty fail hardly a request of a server in ten seconds.
    const failing = [...gcMs.keys()].filter(
      (at) => (outOfMemory[Math.floor(at / 3) * 30 + (at % 3)] ?? 0) > 0.02,
    );
    expect(failing.length).toBeGreaterThan(10);
    for (const at of failing) expect(gcMs[at]).toBeGreaterThan(30);
    const [first = 0, second = 0, third = 0] = rollouts.toSorted((a, b) => a - b);
    expect(Math.abs(third - 2 * second + first)).toBeGreaterThan(0.1);
  }
});
