import { describe, expect, it } from 'vitest';
import { newRow } from '../../../../../src/core/generate/customers/row.ts';
import { UsualTimes } from '../../../../../src/core/generate/customers/usual-times.ts';
import { MINUTE_MS } from '../../../../../src/core/plan/durations.ts';
import { emptyGauges, latencyFactor } from '../../../../../src/core/plan/gauges.ts';
import { OLDER_LATENCY, SESSION_SPREAD } from '../../../../../src/core/plan/latency.ts';
import { stream } from '../../../../../src/core/plan/random.ts';
import { planWith, quantileOf } from '../../../../helpers/generated.ts';

const plan = planWith();
const reading = { ...emptyGauges(), key: 0 };
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

/** The service's own times of many cart reviews of one instant. */
function ownTimes(times: UsualTimes, count: number, ms: number, server = 0): number[] {
  const random = stream(1, 'test', Math.floor(ms / MINUTE_MS));
  const row = { ...newRow({ index: 0, id: '', category: '', cents: [] }, reading), startMs: ms, server };
  return Array.from({ length: count }, () => {
    times.beginSession(random);
    return times.draw(row, 30, reading, random);
  });
}

describe('the times of requests', () => {
  it('wander by a twentieth from minute to minute, and each minute is near the one before', () => {
    const times = new UsualTimes(plan);
    const medians = Array.from({ length: 600 }, (_, minute) =>
      quantileOf(ownTimes(times, 2000, plan.startMs + minute * MINUTE_MS), 0.5),
    );
    const middle = mean(medians);
    const rest = medians.map((median) => median / middle - 1);
    const variance = mean(rest.map((x) => x * x));
    const next = mean(rest.slice(1).map((x, index) => x * (rest[index] ?? 0)));
    expect(Math.abs(Math.sqrt(variance) - 0.05)).toBeLessThan(0.012);
    expect(next / variance).toBeGreaterThan(0.6);
  });

  it('are those of the minute whatever was drawn before', () => {
    const [one, other] = [new UsualTimes(plan), new UsualTimes(plan)];
    ownTimes(other, 10, plan.startMs + 999 * MINUTE_MS);
    const ms = plan.startMs + 500 * MINUTE_MS;
    expect(ownTimes(one, 20, ms)).toEqual(ownTimes(other, 20, ms));
  });

  it('are a little longer on the server with older hardware', () => {
    const times = new UsualTimes(plan);
    const { seed } = plan.parameters;
    const [a = 0, b = 0, c = 0] = [0, 1, 2].map((server) =>
      quantileOf(ownTimes(times, 5000, plan.startMs, server), 0.5),
    );
    const older = [0, 1, 2].findIndex((server) => latencyFactor(seed, server) > 1);
    const newer = (a + b + c - ([a, b, c][older] ?? 0)) / 2;
    // The same random numbers on each server.
    expect(([a, b, c][older] ?? 0) / newer).toBeCloseTo(OLDER_LATENCY, 3);
  });

  it('of one session are alike: it is heavy or light as a whole', () => {
    const times = new UsualTimes(plan);
    const random = stream(1, 'test', 0);
    const row = {
      ...newRow({ index: 0, id: '', category: '', cents: [] }, reading),
      startMs: plan.startMs,
    };
    const means = Array.from({ length: 400 }, () => {
      times.beginSession(random);
      return mean(Array.from({ length: 200 }, () => Math.min(2000, times.draw(row, 30, reading, random))));
    });
    const all = mean(means);
    const spread = Math.sqrt(mean(means.map((x) => (x / all - 1) ** 2)));
    // Of the part above the floor, which is some two fifths.
    expect(spread).toBeGreaterThan(0.25 * SESSION_SPREAD);
    expect(spread).toBeLessThan(0.8 * SESSION_SPREAD);
  });
});
