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
  it('lie within their day, last 5 to 15 minutes, recover in 5 to 10, and never overlap anything', () => {
    fc.assert(
      fc.property(anyParameters, anyNow, (given, nowMs) => {
        const plan = planWith({ ...given, profile: 'demo' }, nowMs);
        for (const { startMs, endMs, recoveredMs } of random(plan)) {
          expect(minutes(startMs, endMs)).toBeGreaterThanOrEqual(5);
          expect(minutes(startMs, endMs)).toBeLessThanOrEqual(15);
          expect(minutes(endMs, recoveredMs)).toBeGreaterThanOrEqual(5);
          expect(minutes(endMs, recoveredMs)).toBeLessThanOrEqual(10);
          expect(localDay(plan, recoveredMs - 1)).toBe(localDay(plan, startMs));
        }
        plan.incidents.forEach((incident, index) => {
          const before = plan.incidents[index - 1];
          if (before) expect(incident.startMs).toBeGreaterThanOrEqual(before.recoveredMs);
        });
      }),
      { numRuns: 15 },
    );
  });

  it('begin at any hour, more often by day, and rarely on a whole minute', () => {
    const starts = Array.from({ length: 20 }, (_, seed) => random(planWith({ seed }))).flat();
    const hours = starts.map(({ startMs }) => Math.floor(localMinute(planWith(), startMs) / 60));
    const night = hours.filter((hour) => hour < 6).length;
    const day = hours.filter((hour) => hour >= 9 && hour < 17).length;
    expect(night).toBeGreaterThan(0);
    expect(day / 8).toBeGreaterThan((2 * night) / 6);
    expect(hours.filter((hour) => hour >= 17).length).toBeGreaterThan(0);
    const whole = starts.filter(({ startMs }) => startMs % MINUTE === 0).length;
    expect(whole).toBeLessThan(0.1 * starts.length);
  });

  it('number as many a day as asked, and presets are among them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_294_967_295 }),
        fc.integer({ min: 0, max: 8 }),
        (seed, wanted) => {
          const plan = planWith(
            { seed, days: 3, incidentsPerDay: { min: wanted, max: wanted } },
            Date.parse('2026-03-14T22:59:00Z'),
          );
          const perDay = new Map<string, number>();
          for (const { startMs } of plan.incidents) {
            const day = localDay(plan, startMs);
            perDay.set(day, (perDay.get(day) ?? 0) + 1);
          }
          // Each of the three days has a preset, which is planned whatever is asked.
          const each = Math.max(1, wanted);
          expect([...perDay.values()]).toEqual([each, each, each]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('differ in severity and place: not all on one gateway, not all on every server', () => {
    const all = Array.from({ length: 10 }, (_, seed) => random(planWith({ seed }))).flat();
    expect(new Set(all.map(({ severity }) => severity))).toEqual(new Set(['major', 'minor']));
    const gateways = all.flatMap(({ gateway }) => gateway ?? []);
    expect(new Set(gateways)).toEqual(new Set(['stripe', 'paypal', 'square']));
    expect(all.some(({ servers }) => servers.length === 1)).toBe(true);
    expect(new Set(all.flatMap(({ balancer }) => balancer ?? [])).size).toBe(2);
    const graded = Array.from({ length: 10 }, (_, seed) =>
      random(planWith({ seed, profile: 'graded' })),
    ).flat();
    expect(new Set(graded.map(({ severity }) => severity))).toEqual(
      new Set(['major', 'minor', 'subtle', 'silent']),
    );
  });

  it('are payment timeouts most often, and of every type in each week', () => {
    const all: Incident[] = [];
    for (let seed = 1; seed <= 8; seed++) {
      const plan = planWith({ seed });
      all.push(...plan.incidents);
      // A week of the defaults has them all.
      expect(new Set(plan.incidents.map(({ type }) => type)).size).toBe(5);
    }
    const count = (type: string) => all.filter((incident) => incident.type === type).length;
    for (const type of new Set(all.map((incident) => incident.type)))
      if (type !== 'payment_gateway_timeout')
        expect(count('payment_gateway_timeout')).toBeGreaterThan(count(type));
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
