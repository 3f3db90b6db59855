// Random faults, the short form: the same schedules in every run. `npm run faults` has hundreds.
import { expect, inject, test } from 'vitest';
import { trials } from '../../../faults/trial.ts';

const SCHEDULES = 15;

test(`${SCHEDULES} random schedules of faults, each ends as if nothing had happened`, async () => {
  const seeds = Array.from({ length: SCHEDULES }, (_, number) => number + 1);
  const results = await trials({ target: inject('openSearchUrl'), seeds, atOnce: 5, most: 12 });
  expect(results.flatMap(({ seed, problems }) => problems.map((problem) => `${seed}: ${problem}`))).toEqual(
    [],
  );
  const injected = results
    .flatMap((result) => [...result.injected.values()])
    .reduce((sum, count) => sum + count, 0);
  expect(injected).toBeGreaterThan(8 * SCHEDULES);
  expect(results.some(({ resumed }) => resumed > 0)).toBe(true);
}, 240_000);
