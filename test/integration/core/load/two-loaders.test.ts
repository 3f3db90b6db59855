// Two programs load into the same index at the same time.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { ask, askText, countIn } from '../../../helpers/ask.ts';
import { doneOf, eventsOf, newPlace, type Place, runProgram, start } from '../../../helpers/program.ts';
import { type Act, startProxy } from '../../../helpers/proxy.ts';
import { SMALL_DAY, withFlags } from '../../../helpers/small-run.ts';

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
const countOf = () => countIn(url, index);

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

test('one run resumed twice at the same time', async () => {
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
    runProgram(place, 'run', ...withFlags(ARGS, '--seed', '8', '--on-conflict', 'append')),
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

describe('an index that comes back while it is replaced', () => {
  /** Replaces the index; just before it is created, another program writes a document into it. */
  async function replacedWhile(writes: (attempt: number) => object | undefined) {
    expect((await runProgram(place, 'run', ...withFlags(ARGS, '--sample', '600'))).exit).toBe(0);
    const { hits } = await ask<Search>(`${url}/${index}/_search?size=1`);
    const [ours] = hits.hits;
    let attempts = 0;
    const between = await startProxy({
      target: url,
      act: async ({ method, path }): Promise<Act> => {
        const document = method === 'PUT' && path === `/${index}` ? writes(++attempts) : undefined;
        if (document) await write({ ...ours?._source, ...document });
        return 'pass';
      },
    });
    const words = ['run', '--url', between.url, '--index', index, '--json', ...SMALL_DAY, '--sample', '600'];
    const finished = await runProgram(place, ...words, '--on-conflict', 'replace');
    await between.close();
    return { ...finished, attempts };
  }
  const write = (body: object) => askText(`${url}/${index}/_doc?refresh=true`, { body });

  test('from what another loader still sends: it is replaced all the same', async () => {
    const finished = await replacedWhile((attempt) => (attempt <= 2 ? {} : undefined));
    const { error, documents } = doneOf(finished);
    expect(error).toBeUndefined();
    expect(finished.attempts).toBe(3);
    expect(eventsOf(finished)).toContainEqual({ type: 'index', name: index, action: 'replaced' });
    expect(await countOf()).toBe(documents.planned);
  });

  test('from documents of somebody else: they stay, and the person is told', async () => {
    const finished = await replacedWhile(() => ({ transaction_id: 'of somebody else' }));
    expect(finished.exit).toBe(6);
    expect(doneOf(finished).error).toMatchObject({ code: 'index-remade' });
    expect(await countOf()).toBe(1);
  });
});

interface Search {
  readonly hits: { readonly hits: readonly { readonly _source: object }[] };
}
