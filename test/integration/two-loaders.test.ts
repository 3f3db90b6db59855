// Two programs load into the same index at the same time.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { doneOf, newPlace, type Place, runProgram, start } from '../helpers/program.ts';
import { SMALL_DAY } from '../helpers/small-run.ts';

const url = inject('openSearchUrl');
const index = `two-loaders-test-${process.pid}`;
let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(async () => {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  place.remove();
});
const ARGS = ['--url', url, '--index', index, '--yes', '--json', ...SMALL_DAY, '--sample', '30'];
const countOf = async () =>
  ((await (await fetch(`${url}/${index}/_count`)).json()) as { count: number }).count;

async function whenLoading(): Promise<ReturnType<typeof start>> {
  const loader = start(place, ['run', ...ARGS]);
  while (!/"acknowledged":[1-9]/.test(loader.output()) && loader.child.exitCode === null) await sleep(5);
  return loader;
}

test('the same run twice: nothing is doubled, and both say the whole is there', async () => {
  const first = await whenLoading();
  const [second, ended] = await Promise.all([
    runProgram(place, 'run', ...ARGS, '--on-conflict', 'append'),
    first.done,
  ]);
  for (const finished of [ended, second]) {
    expect(doneOf(finished).error).toBeUndefined();
    expect(doneOf(finished).documents.found).toBe(doneOf(finished).documents.planned);
  }
  expect(await countOf()).toBe(doneOf(second).documents.planned);
});

test('one run gone on with twice at the same time', async () => {
  const killed = await whenLoading();
  killed.child.kill('SIGKILL');
  await killed.done;
  const both = await Promise.all([1, 2].map(() => runProgram(place, 'run', '--resume', '--json')));
  const ended = both.filter(({ exit }) => exit === 0).map(doneOf);
  // The slower one may find the run ended before it begins.
  expect(both.map(({ exit }) => exit).filter((exit) => exit !== 0 && exit !== 2)).toEqual([]);
  expect(ended.length).toBeGreaterThan(0);
  expect(await countOf()).toBe(ended[0]?.documents.planned);
});

test('two different runs: each proves its own', async () => {
  const first = await whenLoading();
  const [second, ended] = await Promise.all([
    runProgram(place, 'run', ...ARGS, '--on-conflict', 'append', '--seed', '8'),
    first.done,
  ]);
  const planned = [ended, second].map((finished) => doneOf(finished).documents.planned);
  for (const finished of [ended, second]) expect(doneOf(finished).error).toBeUndefined();
  expect(await countOf()).toBe(planned.reduce((sum, count) => sum + count, 0));
});

test('one that replaces the index of the other: the other says so, and the index is whole', async () => {
  const first = await whenLoading();
  const second = await runProgram(place, 'run', ...ARGS, '--on-conflict', 'replace');
  const ended = await first.done;
  expect(doneOf(second).error).toBeUndefined();
  expect(await countOf()).toBe(doneOf(second).documents.planned);
  if (ended.exit !== 0) {
    expect(ended.exit).toBe(7);
    expect(doneOf(ended).error?.message).toContain('the index was deleted while it was loaded');
  }
});
