// A time zone by the name that was typed.
import { expect, it } from 'vitest';
import { parseZone } from '../../../src/options/values.ts';

it.each([
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Asia/Ho_Chi_Minh', 'Asia/Ho_Chi_Minh'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  // Not as lists of zones write it: Java would not know it.
  ['europe/berlin', 'Europe/Berlin'],
  ['EUROPE/KYIV', 'Europe/Kiev'],
  ['utc', 'UTC'],
  ['Etc/UTC', 'UTC'],
])('%s is %s', (typed, kept) => {
  expect(parseZone(typed)).toBe(kept);
});

it('that does not exist is refused by its name', () => {
  expect(() => parseZone('Europe/Kyif')).toThrow('"Europe/Kyif" is not a time zone');
});
