import { expect, test } from 'vitest';
import { emptyTally } from '../../../../src/core/generate/count/tally.ts';
import { slotRange } from '../../../../src/core/generate/index.ts';
import { threadedBatches } from '../../../../src/core/generate/threads/threaded.ts';
import { loadBatches } from '../../../../src/core/load/index.ts';
import { planWith } from '../../../helpers/generated.ts';
import { testIndexes } from '../../../helpers/indexes.ts';

const { cluster, create, count } = await testIndexes();
const PLAN = planWith({ days: 1, sample: 60 });

function load(index: string, signal: AbortSignal) {
  const tally = emptyTally();
  const request = { ...slotRange(PLAN), maxBytes: 200_000, threads: 2, block: 60, tally, signal };
  const options = { signal, random: () => 0.5, onRefused: () => {} };
  return { tally, loading: loadBatches(cluster, index, threadedBatches(PLAN, request), options) };
}

test('what threads generate is loaded once and whole, in memory that is used again', async () => {
  const index = await create();
  const { tally, loading } = load(index, new AbortController().signal);
  let step = await loading.next();
  while (!step.done) step = await loading.next();
  expect(step.value).toMatchObject({ acknowledged: tally.documents, alreadyThere: 0, refused: 0 });
  expect(tally.documents).toBeGreaterThan(20_000);
  expect(await count(index)).toBe(tally.documents);
});

test('a stop ends the threads, and what is acknowledged is there', async () => {
  const index = await create();
  const stop = new AbortController();
  const { loading } = load(index, stop.signal);
  let step = await loading.next();
  for (; !step.done; step = await loading.next()) if (step.value.acknowledged > 0) stop.abort();
  expect(process.getActiveResourcesInfo()).not.toContain('MessagePort');
  expect(await count(index)).toBe(step.value.acknowledged);
});
