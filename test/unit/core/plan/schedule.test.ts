import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident, Plan } from '../../../../src/core/plan/index.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { anyNow, anyParameters, type DEFAULTS, NOW, planWith } from '../../../helpers/generated.ts';

const MINUTE = 60_000;
const minutes = (from: number, to: number) => (to - from) / MINUTE;

function localMinute({ parameters }: Plan, ms: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: parameters.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
  const [hour = 0, minute = 0] = clock.format(ms).split(':').map(Number);
  return hour * 60 + minute;
}

const localDay = ({ parameters }: Plan, ms: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: parameters.timeZone }).format(ms);

const random = ({ incidents }: Plan) => incidents.filter(({ preset }) => preset === null);

describe('the presets', () => {
  it('give the same plan in whatever order they are named', () => {
    expect(planWith({}, NOW, [...BUILT_IN].reverse())).toEqual(planWith());
  });

  it('lie where their windows say', () => {
    const windows = planWith().incidents.filter(({ preset }) => preset !== null);
    expect(
      windows.map(({ preset, startMs, endMs }) => [
        preset,
        new Date(startMs).toISOString(),
        minutes(startMs, endMs),
      ]),
    ).toEqual([
      ['memory-pressure', '2026-03-12T17:30:00.000Z', 15],
      ['database-pool-exhaustion', '2026-03-13T11:15:00.000Z', 10],
      ['payment-gateway-timeout', '2026-03-14T13:25:00.000Z', 10],
    ]);
  });

  it('must not overlap each other', () => {
    const [payment] = BUILT_IN;
    if (!payment) throw new Error('no preset');
    const window = { ...payment.window, start: '14:30', end: '14:40' };
    const other = { ...payment, id: 'another', window };
    expect(() => planWith({}, NOW, [payment, other])).toThrow(/another|payment-gateway-timeout/);
    expect(() => planWith({}, NOW, [payment, payment])).toThrow(AppError);
  });
});

describe('random incidents', () => {
  it('lie in business hours, last 5 to 15 minutes, recover in 5 to 10, and never overlap anything', () => {
    fc.assert(
      fc.property(anyParameters, anyNow, (parameters, nowMs) => {
        const plan = planWith(parameters, nowMs);
        for (const { startMs, endMs, recoveredMs } of random(plan)) {
          expect(minutes(startMs, endMs)).toBeGreaterThanOrEqual(5);
          expect(minutes(startMs, endMs)).toBeLessThanOrEqual(15);
          expect(minutes(endMs, recoveredMs)).toBeGreaterThanOrEqual(5);
          expect(minutes(endMs, recoveredMs)).toBeLessThanOrEqual(10);
          expect(localMinute(plan, startMs)).toBeGreaterThanOrEqual(9 * 60);
          expect(localMinute(plan, recoveredMs)).toBeLessThanOrEqual(17 * 60);
        }
        plan.incidents.forEach((incident, index) => {
          const before = plan.incidents[index - 1];
          if (before) expect(incident.startMs).toBeGreaterThanOrEqual(before.recoveredMs);
        });
      }),
      { numRuns: 15 },
    );
  });

  it('number as many a day as asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_294_967_295 }),
        fc.integer({ min: 0, max: 8 }),
        (seed, wanted) => {
          const plan = planWith(
            { seed, days: 3, incidentsPerDay: { min: wanted, max: wanted } },
            Date.parse('2026-03-14T21:00:00Z'),
          );
          const perDay = new Map<string, number>();
          for (const { startMs } of random(plan)) {
            const day = localDay(plan, startMs);
            perDay.set(day, (perDay.get(day) ?? 0) + 1);
          }
          expect([...perDay.values()]).toEqual(wanted === 0 ? [] : [wanted, wanted, wanted]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('are payment time-outs most often, and of every type over some weeks', () => {
    const all: Incident[] = [];
    for (let seed = 1; seed <= 8; seed++) {
      const count = (type: string) => random(plan).filter((incident) => incident.type === type).length;
      const plan = planWith({ seed });
      all.push(...random(plan));
      for (const type of new Set(random(plan).map((incident) => incident.type)))
        if (type !== 'payment_gateway_timeout')
          expect(count('payment_gateway_timeout')).toBeGreaterThan(count(type));
    }
    expect(new Set(all.map(({ type }) => type)).size).toBe(5);
  });

  it('differ from seed to seed and do not depend on now', () => {
    const starts = (seed: number, nowMs: number) =>
      random(planWith({ seed }, nowMs)).map(({ startMs }) => startMs);
    const later = starts(5, NOW + 5 * 3_600_000);
    expect(starts(5, NOW)).toEqual(later.filter((startMs) => startMs < NOW));
    expect(starts(6, NOW)).not.toEqual(starts(5, NOW));
  });
});

describe('the key', () => {
  it('changes with everything that shapes the data, and not with now', () => {
    const key = planWith().key;
    expect(planWith({}, NOW + 3_600_000).key).toBe(key);
    const changes: Partial<typeof DEFAULTS>[] = [
      { seed: 2 },
      { days: 6 },
      { sample: 61 },
      { baseTps: 21 },
      { timeZone: 'Europe/Madrid' },
      { errorRateNormal: { min: 1, max: 3 } },
      { labelDocuments: true },
      { demoDay: '2026-03-13' },
    ];
    const keys = changes.map((change) => planWith(change).key);
    expect(new Set([key, planWith({}, NOW, []).key, ...keys]).size).toBe(changes.length + 2);
    expect(key).toMatch(/^[0-9a-z]{7}$/);
  });
});

describe('planning', () => {
  it('gives the same plan for the same inputs, as plain JSON', () => {
    const plan = planWith();
    expect(planWith()).toEqual(plan);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(JSON.parse(JSON.stringify(planWith())));
  });

  it('takes under 100 ms of work for seven days', () => {
    const times = Array.from({ length: 7 }, (_, seed) => {
      const start = process.threadCpuUsage();
      planWith({ seed: 1000 + seed });
      const { user, system } = process.threadCpuUsage(start);
      return (user + system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
