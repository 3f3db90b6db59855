// kill -9 of the loader and of a node that forgets its last seconds, the short form of `npm run faults -- --kills`.
import { expect, test } from 'vitest';
import { killTrials } from '../../../faults/kills.ts';

test('killed at random moments and resumed, a run ends like any other', async () => {
  const results = await killTrials({ loader: 1, node: 1 }, 3);
  expect(results.map(({ what }) => what)).toEqual(['loader', 'node']);
  expect(results.flatMap(({ what, problems }) => problems.map((problem) => `${what}: ${problem}`))).toEqual(
    [],
  );
}, 240_000);
