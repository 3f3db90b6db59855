// What is told of incidents: also of one that an earlier process started, and that is not over yet.
import { expect, it } from 'vitest';
import { LiveShop } from '../../../../src/core/live/shop.ts';
import { Told } from '../../../../src/core/live/told.ts';
import { DEFAULTS, NOW } from '../../../helpers/generated.ts';

const MINUTE_MS = 60_000;

it('the end and the recovery of what was started before are told, once each, and nothing of what was over', () => {
  const input = {
    parameters: { ...DEFAULTS, days: 1, incidentsPerDay: { min: 0, max: 0 } },
    presets: [],
    nowMs: NOW,
  };
  const start = (what: string) => ({ type: 'start', what, severity: 'major', durationMinutes: 5 }) as const;
  const shop = new LiveShop(input);
  const answer = shop.start(start('circuit_breaker'), NOW + MINUTE_MS);
  if (!answer.ok) throw new Error(answer.reason);
  const { id, endMs, recoveredMs } = answer.incident;
  const again = new LiveShop({ ...input, live: shop.course(NOW + 2 * MINUTE_MS) });
  const tell = (beganMs: number) => {
    const told = new Told(again, beganMs);
    return [endMs - 1, endMs, recoveredMs, recoveredMs + MINUTE_MS].flatMap((ms) =>
      [...told.passed(ms)].map((event) => ('incident' in event ? [event.type, event.incident.id] : [])),
    );
  };
  expect(tell(NOW + 3 * MINUTE_MS)).toEqual([
    ['incident-ended', id],
    ['incident-recovered', id],
  ]);
  expect(tell(endMs)).toEqual([['incident-recovered', id]]);
  expect(tell(recoveredMs)).toEqual([]);
});
