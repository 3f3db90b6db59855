import { expect, it } from 'vitest';
import { clock, dayText } from '../../../../../src/core/validate/guide/words.ts';

const LATE = Date.parse('2026-11-24T23:30:05Z');

it('a day is written as in American English, in the zone of the shop', () => {
  expect(dayText(LATE, 'UTC')).toBe('Tuesday, November 24, 2026');
  expect(dayText(LATE, 'Europe/Berlin')).toBe('Wednesday, November 25, 2026');
});

it('a time has 24 hours, with seconds where they count', () => {
  expect(clock(LATE, 'Europe/Berlin')).toBe('00:30');
  expect(clock(LATE, 'UTC', true)).toBe('23:30:05');
});
