// kill -9 of the loader, the short form of `npm run faults -- --kills`; restart.test.ts kills the node.
import { expect, test } from 'vitest';
import { killTrials } from '../../../faults/kills.ts';

test('killed at random moments and resumed, a run ends like any other', async () => {
  const results = await killTrials({ loader: 1, node: 0 }, 3);
  expect(results.map(({ what }) => what)).toEqual(['loader']);
  expect(results.flatMap(({ what, problems }) => problems.map((problem) => `${what}: ${problem}`))).toEqual(
    [],
  );
}, 240_000);
