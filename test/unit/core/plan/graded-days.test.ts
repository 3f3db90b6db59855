import { expect, it } from 'vitest';
import { type Dealt, dealtOn } from '../../../../src/core/plan/graded-days.ts';
import { INCIDENT_TYPES, modelOf } from '../../../../src/core/plan/models/registry.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const DAY = 20_526;
const weekOf = (seed: number): Dealt[] =>
  Array.from({ length: 7 }, (_, day) => dealtOn(seed, DAY + day, 3)).flat();
const plain = ({ severity }: Dealt) => severity === 'major' || severity === 'minor';

it('deals few incidents to a week that are plain to see, and most of them subtle', () => {
  for (const seed of SEEDS) {
    const week = weekOf(seed);
    expect(week.length).toBe(21);
    expect(week.filter(plain).length).toBeLessThanOrEqual(4);
    expect(week.filter(({ severity }) => severity === 'subtle').length).toBeGreaterThan(21 * 0.6);
  }
});

it('deals every type, and none of them as more than a third of the incidents', () => {
  const types = SEEDS.flatMap(weekOf).map(({ type }) => type);
  for (const type of INCIDENT_TYPES) {
    const count = types.filter((one) => one === type).length;
    expect(count, type).toBeGreaterThan(0);
    expect(count, type).toBeLessThanOrEqual(types.length / 3);
  }
});

it('deals silent incidents to types that can be silent only', () => {
  const silent = SEEDS.flatMap(weekOf).filter(({ severity }) => severity === 'silent');
  expect(silent.length).toBeGreaterThan(0);
  expect(silent.filter(({ type }) => modelOf(type).silent !== true)).toEqual([]);
});

it('deals the same to a day whatever is asked of the others, another order to another seed', () => {
  expect(dealtOn(5, DAY, 3).slice(0, 2)).toEqual(dealtOn(5, DAY, 2));
  expect(weekOf(5)).not.toEqual(weekOf(6));
  expect(dealtOn(5, DAY, 3)).not.toEqual(dealtOn(5, DAY + 20, 3));
});
