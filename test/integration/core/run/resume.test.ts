// A run that was cut off goes on: only what is missing is sent, and the end is that of an undisturbed run.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { readJournal } from '../../../../src/core/load/journal-lines.ts';
import { missingNotice } from '../../../../src/core/run/resend-missing.ts';
import { ask, askText, countIn } from '../../../helpers/ask.ts';
import { doneOf, eventsOf, newPlace, type Place, runProgram, start } from '../../../helpers/program.ts';
import { expectProof } from '../../../helpers/proof.ts';
import { type Act, type RunningProxy, type Seen, startProxy } from '../../../helpers/proxy.ts';
import { SMALL_DAY } from '../../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const indexes: string[] = [];
let place: Place;
let proxy: RunningProxy;

/** What every notice about missing documents says. */
const MISSING = missingNotice(7, 'demo').slice(2, 40);

const indexName = (name: string) => {
  const index = `resume-test-${name}-${process.pid}`;
  indexes.push(index);
  return index;
};
const countOf = async (index: string) => {
  await askText(`${url}/${index}/_refresh`, { method: 'POST' });
  return countIn(url, index);
};
const notices = (finished: Awaited<ReturnType<typeof runProgram>>) =>
  eventsOf(finished).flatMap((event) => (event.type === 'notice' ? [event.text] : []));
const bulkBytes = () => proxy.seen.reduce((sum, { bulk, bytes }) => sum + (bulk > 0 ? bytes : 0), 0);

/** Starts a run of some 28,000 documents and kills it as soon as a part of them is acknowledged. */
async function cutOff(index: string, signal: NodeJS.Signals) {
  const { child, done, output } = start(place, [
    ...['run', '--url', proxy.url, '--index', index, '--yes', '--json', ...SMALL_DAY, '--sample', '40'],
  ]);
  const acknowledged = () => Number(/.*"acknowledged":(\d+)/s.exec(output())?.[1] ?? 0);
  while (acknowledged() < 8_000 && child.exitCode === null) await sleep(5);
  child.kill(signal);
  await done;
  return acknowledged();
}

/** The journal of the only run that is remembered. */
function journalOf() {
  const runs = join(place.folder, 'state', 'incident-demo', 'runs');
  const [run = ''] = readdirSync(runs);
  const file = join(runs, run, 'acknowledged.journal');
  return { file, read: () => readJournal(readFileSync(file)) };
}

beforeAll(async () => {
  proxy = await startProxy({ target: url });
});
afterEach(async () => {
  for (const index of indexes.splice(0)) await fetch(`${url}/${index}`, { method: 'DELETE' });
  place.remove();
});
afterAll(() => proxy.close());

test('after kill -9 only what was not acknowledged is sent, and the end is that of an undisturbed run', async () => {
  place = newPlace();
  const index = indexName('killed');
  const before = await cutOff(index, 'SIGKILL');
  const { head, ranges: spans } = journalOf().read();
  expect(head?.run).toBeDefined();
  expect(spans.length).toBeGreaterThan(0);
  const sent = bulkBytes();
  const resumed = await runProgram(place, 'run', '--resume', '--json');
  const { documents, error } = doneOf(resumed);
  expect(error).toBeUndefined();
  expect(documents.found).toBe(documents.planned);
  expect(documents.acknowledged).toBe(documents.planned);
  expectProof(doneOf(resumed));
  expect(await countOf(index)).toBe(documents.planned);
  // A document takes about 1,050 bytes; a quarter was acknowledged, of which the journal may lack the last moment.
  const sentAgain = (bulkBytes() - sent) / (documents.planned * 1050);
  expect(sentAgain).toBeLessThan(1.1 - (0.8 * before) / documents.planned);
  expect(notices(resumed).join()).not.toContain(MISSING);
});

test('a journal with a damaged middle is trusted up to there', async () => {
  place = newPlace();
  const index = indexName('damaged');
  await cutOff(index, 'SIGKILL');
  const { file, read } = journalOf();
  const whole = read().ranges.length;
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)] = 0;
  writeFileSync(file, bytes);
  expect(read().ranges.length).toBeLessThan(whole);
  const { documents, error } = doneOf(await runProgram(place, 'run', '--resume', '--json'));
  expect(error).toBeUndefined();
  expect(await countOf(index)).toBe(documents.planned);
});

test('documents that the cluster acknowledged and lost are found by hour and sent again', async () => {
  place = newPlace();
  const index = indexName('lost');
  await cutOff(index, 'SIGTERM');
  const held = await countOf(index);
  const query = { range: { '@timestamp': { gte: '2026-03-14T00:20:00Z', lt: '2026-03-14T01:10:00Z' } } };
  const { deleted } = await ask<{ deleted: number }>(`${url}/${index}/_delete_by_query?refresh=true`, {
    body: { query },
  });
  expect(deleted).toBeGreaterThan(300);
  expect(await countOf(index)).toBe(held - deleted);
  const resumed = await runProgram(place, 'run', '--resume', '--json');
  const { documents, error } = doneOf(resumed);
  expect(error).toBeUndefined();
  expect(notices(resumed).join()).toContain(missingNotice(deleted, index));
  expect([documents.acknowledged, documents.found]).toEqual([documents.planned, documents.planned]);
  expect(await countOf(index)).toBe(documents.planned);
});

test('an index that was deleted meanwhile is made and loaded from the start', async () => {
  place = newPlace();
  const index = indexName('remade');
  await cutOff(index, 'SIGKILL');
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  const resumed = await runProgram(place, 'run', '--resume', '--json');
  const { documents, error } = doneOf(resumed);
  expect(error).toBeUndefined();
  expect(notices(resumed).join()).not.toContain(MISSING);
  expect(await countOf(index)).toBe(documents.planned);
});

describe('an index that is deleted under the load', () => {
  async function deletedUnder(index: string, through: string) {
    place = newPlace();
    const { done, output, child } = start(place, [
      ...['run', '--url', through, '--index', index, '--yes', '--json', ...SMALL_DAY, '--sample', '40'],
    ]);
    while (through === url && !/"acknowledged":[1-9]/.test(output()) && child.exitCode === null)
      await sleep(5);
    if (through === url) await fetch(`${url}/${index}`, { method: 'DELETE' });
    const stopped = await done;
    expect(stopped.exit).toBe(7);
    const { error } = doneOf(stopped);
    expect(error).toMatchObject({ code: 'load-incomplete' });
    expect(error?.message).toMatch(
      /^None of [1-9][\d,]* documents are in \S+: the index was deleted while it was loaded$/,
    );
    expect((await fetch(`${url}/${index}`)).status).toBe(404);
    const resumed = await runProgram(place, 'run', '--resume', '--json', '--url', url);
    expect(doneOf(resumed).error).toBeUndefined();
    expect(await countOf(index)).toBe(doneOf(resumed).documents.planned);
  }

  test('while requests are on their way: the run says so, and can be resumed', () =>
    deletedUnder(indexName('deleted'), url));

  const notYet: Act = {
    status: 503,
    body: JSON.stringify({
      error: { type: 'search_phase_execution_exception', reason: 'all shards failed' },
    }),
  };

  test('between two requests, so that the cluster creates one by itself: no stray index is left', async () => {
    const index = indexName('stray');
    let deleted: Promise<unknown> | undefined;
    const remove = async () => {
      await sleep(500);
      await fetch(`${url}/${index}`, { method: 'DELETE' });
    };
    let searches = 0;
    // Nothing is on its way while the index is deleted; what comes then is passed on at once. An index that was created a
    // moment ago cannot be searched at first.
    const act = async ({ bulk, path }: Seen): Promise<Act> => {
      if (deleted && path.includes('/_count') && ++searches <= 2) return notYet;
      if (bulk < 10) return 'pass';
      deleted ??= remove();
      await deleted;
      return 'pass';
    };
    const between = await startProxy({ target: url, act });
    try {
      await deletedUnder(index, between.url);
    } finally {
      await between.close();
    }
  });
});

describe('a run that is killed while its index is made', () => {
  /** Kills a run when it asks for `method` on an index, which OpenSearch hears of or not; then goes on with it. */
  async function killedAt(method: string, name: string, act: Act, ...policy: string[]) {
    place = newPlace();
    let kill = () => {};
    let next = act;
    const between = await startProxy({
      target: url,
      act: ({ method: asked, path }) => {
        if (asked !== method || path !== `/${name}`) return 'pass';
        kill();
        kill = () => {};
        const now = next;
        next = 'pass';
        return now;
      },
    });
    const args = ['run', '--url', between.url, '--yes', '--json', ...SMALL_DAY, '--sample', '400', ...policy];
    const { child, done } = start(place, args);
    kill = () => child.kill('SIGKILL');
    await done;
    expect(child.signalCode).toBe('SIGKILL');
    const resumed = doneOf(await runProgram(place, 'run', '--resume', '--json'));
    await between.close();
    expect(resumed.error).toBeUndefined();
    return resumed;
  }
  const own = async (index: string) => {
    await askText(`${url}/${index}`, { method: 'PUT' });
    await askText(`${url}/${index}/_doc?refresh=true`, { method: 'POST', body: '{"mine":true}' });
  };

  test.each(['drop', 'pass'] as const)(
    'under a new name (%s): the index that is there stays as it is',
    async (act) => {
      const index = indexName(`new-${act}`);
      indexes.push(`${index}-2`, `${index}-3`);
      await own(index);
      const { documents } = await killedAt(
        'PUT',
        `${index}-2`,
        act,
        '--index',
        index,
        '--on-conflict',
        'new',
      );
      expect(await countOf(index)).toBe(1);
      expect(await countOf(`${index}-2`)).toBe(documents.planned);
      expect((await fetch(`${url}/${index}-3`)).status).toBe(404);
    },
  );

  test.each(['drop', 'pass'] as const)('to replace one (%s): the old data is gone', async (act) => {
    const index = indexName(`replace-${act}`);
    const elsewhere = newPlace();
    const old = ['run', '--url', url, '--yes', '--json', '--index', index, ...SMALL_DAY, '--sample', '300'];
    await runProgram(elsewhere, ...old);
    elsewhere.remove();
    const policy = ['--index', index, '--on-conflict', 'replace'];
    const { documents } = await killedAt('DELETE', index, act, ...policy);
    expect(await countOf(index)).toBe(documents.planned);
  });
});

test('a resume that something is in the way of can be repeated when it is gone', async () => {
  place = newPlace();
  const index = indexName('way');
  await cutOff(index, 'SIGKILL');
  await askText(`${url}/${index}/_close`, { method: 'POST' });
  expect(doneOf(await runProgram(place, 'run', '--resume', '--json')).ok).toBe(false);
  await askText(`${url}/${index}/_open?wait_for_active_shards=1`, { method: 'POST' });
  const { documents, error } = doneOf(await runProgram(place, 'run', '--resume', '--json'));
  expect(error).toBeUndefined();
  expect(await countOf(index)).toBe(documents.planned);
});
