import { expect, it } from 'vitest';
import { grouped, percent, secondsText } from '../../../src/text/numbers.ts';

it('groups thousands and rounds fractions', () => {
  expect([0, 999, 1000, 271_399.6, 16_284_000].map(grouped)).toEqual([
    '0',
    '999',
    '1,000',
    '271,400',
    '16,284,000',
  ]);
});

it('gives seconds one decimal below ten and none above', () => {
  expect([512, 8_912, 9_949, 9_950, 30_031].map(secondsText)).toEqual(['0.5', '8.9', '9.9', '10', '30']);
});

it('gives a share as a percentage', () => {
  expect([percent(0.34, 1), percent(0.31429, 1), percent(0.013_84, 2)]).toEqual(['34 %', '31.4 %', '1.38 %']);
});

it('rounds a percentage to the nearest, up as well as down', () => {
  expect([percent(0.667, 0), percent(0.663, 0), percent(0.4567, 1), percent(0.9996, 1)]).toEqual([
    '67 %',
    '66 %',
    '45.7 %',
    '100 %',
  ]);
});
