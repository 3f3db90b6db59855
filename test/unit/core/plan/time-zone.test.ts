import { describe, expect, it } from 'vitest';
import { trafficAt } from '../../../../src/core/plan/index.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { planWith } from '../../../helpers/generated.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const at = (text: string) => Date.parse(text);

describe('the demo day', () => {
  it('is today once 14:45 has passed there, else yesterday', () => {
    expect(planWith({}, at('2026-03-14T13:44:59Z')).demoDay).toBe('2026-03-13');
    expect(planWith({}, at('2026-03-14T13:45:00Z')).demoDay).toBe('2026-03-14');
    expect(planWith({ timeZone: 'Asia/Tokyo' }, at('2026-03-14T05:45:00Z')).demoDay).toBe('2026-03-14');
    expect(planWith({ timeZone: 'Asia/Tokyo' }, at('2026-03-14T05:44:00Z')).demoDay).toBe('2026-03-13');
  });

  it('can be chosen: an incident still to come is then planned, and the data runs to the end of its recovery', () => {
    const chosen = planWith({ demoDay: '2026-03-14' }, at('2026-03-14T08:00:00Z'));
    const payment = chosen.incidents.find(({ preset }) => preset === 'payment-gateway-timeout');
    expect(iso(payment?.startMs ?? 0)).toBe('2026-03-14T13:25:00.000Z');
    expect(chosen.endMs).toBe(payment?.recoveredMs);
  });

  it('does not bring an incident still to come when it was not chosen', () => {
    const plan = planWith({}, at('2026-03-14T08:00:00Z'));
    expect(plan.demoDay).toBe('2026-03-13');
    expect(plan.incidents.every(({ startMs }) => startMs < plan.nowMs)).toBe(true);
  });
});

describe('the range', () => {
  it('begins at 00:00 of the first day and ends at now, cut to whole minutes', () => {
    const plan = planWith({ days: 3, incidentsPerDay: { min: 0, max: 0 } }, at('2026-03-14T16:07:42.123Z'));
    expect(iso(plan.startMs)).toBe('2026-03-11T23:00:00.000Z');
    expect(iso(plan.endMs)).toBe('2026-03-14T16:07:00.000Z');
  });

  it('leaves out presets whose window lies before it, and says how many days they need', () => {
    const plan = planWith({ days: 2 });
    expect(plan.omitted).toEqual([{ id: 'memory-pressure', needsDays: 3, reason: 'days' }]);
    expect(planWith({ days: 1 }).omitted.map(({ needsDays }) => needsDays)).toEqual([2, 3]);
  });

  it('refuses a day whose data would begin after now and hold nothing', () => {
    const empty = () => planWith({ demoDay: '2026-04-20', days: 1 }, at('2026-03-14T16:00:00Z'), []);
    expect(empty).toThrow(AppError);
  });
});

describe('days of 23 and 25 hours', () => {
  const HOUR = 3_600_000;
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ])(
    '%s %s has %d hours, and the curve and the presets stay where the clock says',
    (timeZone, day, hours) => {
      const plan = planWith({ timeZone, demoDay: day, days: 1 }, at(`${day}T23:59:00Z`) + 10 * HOUR);
      const next = planWith({ timeZone, demoDay: nextDay(day), days: 1 }, at(`${day}T23:59:00Z`) + 34 * HOUR);
      expect((next.startMs - plan.startMs) / HOUR).toBe(hours);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
      const noon = plan.startMs + (hours - 12) * HOUR;
      expect(clock.format(noon)).toBe('12:00');
      // The curve has 36 to 40 at noon, by day of the week, and wanders by 4 %.
      expect(trafficAt(plan, noon)).toBeGreaterThan(36 * 0.86);
      expect(trafficAt(plan, noon)).toBeLessThan(40 * 1.14);
      expect(Math.abs(trafficAt(plan, noon - 9 * HOUR) - 10)).toBeLessThan(1.4);
      const payment = plan.incidents.find(({ preset }) => preset === 'payment-gateway-timeout');
      expect(clock.format(payment?.startMs)).toBe('14:25');
    },
  );
});

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
