import { describe, expect, it } from 'vitest';
import { curveAt, DAY_PARTS, scaleRate } from '../../../../src/core/plan/curve.ts';
import { trafficAt } from '../../../../src/core/plan/index.ts';
import { DEFAULTS, planWith } from '../../../helpers/generated.ts';

const UTC = [{ fromMs: 0, offsetMs: 0 }];
/** The seed's daily schedule, in local hours and transactions a second. */
const SCHEDULE = [
  [0, 6, 10, 10],
  [6, 9, 15, 30],
  [9, 12, 25, 40],
  [12, 14, 35, 50],
  [14, 17, 30, 45],
  [17, 20, 40, 60],
  [20, 24, 10, 20],
] as const;

describe('daily traffic', () => {
  it('stays in the range of its part of the day, except for ten minutes at joins', () => {
    for (let minute = 0; minute < 1440; minute++) {
      const [from, to, min, max] = SCHEDULE.find(([, end]) => minute < end * 60) ?? [0, 24, 0, 0];
      const joining = Math.min(minute - from * 60, to * 60 - minute) <= 10;
      const tps = curveAt(UTC, minute * 60_000);
      if (joining) continue;
      expect(tps, `at minute ${minute}`).toBeGreaterThanOrEqual(min - 1e-9);
      expect(tps, `at minute ${minute}`).toBeLessThanOrEqual(max + 1e-9);
    }
  });

  it('reaches the base at night twice over, the lunch peak of 50 and the evening peak of 60', () => {
    const at = (hour: number) => curveAt(UTC, hour * 3_600_000);
    expect([at(3), at(13), at(18.5)].map(Math.round)).toEqual([10, 50, 60]);
  });

  it('names the same parts of the day', () => {
    expect(DAY_PARTS.map(({ fromHour, toHour, min, max }) => [fromHour, toHour, min, max])).toEqual(
      SCHEDULE.map((part) => [...part]),
    );
  });

  it('follows base and peak: v ≤ 20 is base · v / 20, above it base · (1 + (v / 20 − 1)(peak − 1) / 1.5)', () => {
    const rate = (tps: number, baseTps: number, peakMultiplier: number) =>
      scaleRate(tps, { ...DEFAULTS, baseTps, peakMultiplier });
    expect(rate(50, 20, 2.5)).toBeCloseTo(50);
    expect(rate(10, 40, 2.5)).toBeCloseTo(20);
    expect(rate(50, 100, 2.5)).toBeCloseTo(250);
    expect(rate(50, 20, 4)).toBeCloseTo(80);
    expect(rate(60, 20, 1)).toBeCloseTo(20);
  });

  it('is read in local time, also behind UTC', () => {
    const plan = planWith({ timeZone: 'America/New_York' });
    // The rate wanders by 4 % about the curve.
    expect(Math.abs(trafficAt(plan, Date.parse('2026-03-10T17:00:00Z')) - 50)).toBeLessThan(7);
    expect(Math.abs(trafficAt(plan, Date.parse('2026-03-10T07:00:00Z')) - 10)).toBeLessThan(1.4);
  });
});
