import { createServer } from 'node:http';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/client.ts';
import type { LoadProgress } from '../../../../src/core/events.ts';
import { loadBatches } from '../../../../src/core/load/index.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { testBatches } from '../../../helpers/batches.ts';
import { testIndexes } from '../../../helpers/indexes.ts';
import { type Act, close, listen, type Seen, startProxy, tooMany } from '../../../helpers/proxy.ts';

const target = inject('openSearchUrl');
const { cluster, create, count } = await testIndexes();
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

const TOTAL = 6000;
const unavailable: Act = {
  status: 503,
  body: JSON.stringify({ error: { type: 'x', reason: 'no node' }, status: 503 }),
};

/** Loads through a proxy that does as told, into an index of the real node. */
async function loadThrough(act: (seen: Seen) => Act, { giveUpMs = 10_000, size = 500 } = {}) {
  const index = await create();
  const proxy = await startProxy({ target, act });
  opened.push(proxy);
  return { ...(await loadFrom(proxy.url, index, giveUpMs, size)), index, seen: proxy.seen };
}

async function loadFrom(url: string, index: string, giveUpMs = 10_000, size = 500) {
  const through = await openCluster({ url }, {});
  const events: LoadProgress[] = [];
  let error: unknown;
  try {
    const options = {
      signal: new AbortController().signal,
      onRefused: () => {},
      random: () => 0.1,
      giveUpMs,
    };
    for await (const event of loadBatches(through, index, testBatches(0, TOTAL, size), options))
      events.push(event);
  } catch (problem) {
    error = problem;
  } finally {
    await through.close();
  }
  return { events, last: events.at(-1), error };
}

/** Faults for bulk requests only, so that nothing else is disturbed. */
const onBulk =
  (fault: (bulk: number) => Act) =>
  ({ bulk }: Seen): Act =>
    bulk === 0 ? 'pass' : fault(bulk);

const exact = { generated: TOTAL, acknowledged: TOTAL, refused: 0 };

describe('faults that pass', () => {
  test.each<[string, (bulk: number) => Act]>([
    ['429 for the whole request', (bulk) => (bulk % 3 === 0 ? tooMany : 'pass')],
    ['503', (bulk) => (bulk % 3 === 0 ? unavailable : 'pass')],
    ['a connection dropped before the request is done', (bulk) => (bulk % 4 === 0 ? 'drop' : 'pass')],
    [
      'an answer that is cut in the middle, after the documents were written',
      (bulk) => (bulk % 3 === 0 ? 'cut-answer' : 'pass'),
    ],
    ['a storm: nothing works for a while', (bulk) => (bulk <= 12 ? tooMany : 'pass')],
  ])('%s: nothing is lost, nothing doubled', async (_, fault) => {
    const { last, error, index } = await loadThrough(onBulk(fault));
    expect(error).toBeUndefined();
    expect(last).toMatchObject(exact);
    expect(last?.retried).toBeGreaterThan(0);
    expect(await count(index)).toBe(TOTAL);
  });

  test('answers that were lost show up as documents already there', async () => {
    const { last } = await loadThrough(onBulk((bulk) => (bulk === 1 ? 'cut-answer' : 'pass')));
    expect(last).toMatchObject({ ...exact, alreadyThere: 500 });
  });

  test('being asked for less is shown, and fewer requests are sent at once', async () => {
    const { events } = await loadThrough(onBulk((bulk) => (bulk <= 6 ? tooMany : 'pass')));
    expect(events.some(({ throttled }) => throttled)).toBe(true);
    const slowed = events.filter(({ throttled }) => throttled).map(({ senders }) => senders);
    expect(Math.min(...slowed)).toBeLessThan(4);
  });

  test('a proxy that takes only small requests gets small ones', async () => {
    const limit = 100_000;
    const { last, index, seen } = await loadThrough(({ bulk, bytes }) =>
      bulk > 0 && bytes > limit ? { status: 413, body: 'too large', contentType: 'text/plain' } : 'pass',
    );
    expect(last).toMatchObject(exact);
    expect(await count(index)).toBe(TOTAL);
    const tooLarge = seen.filter(({ bytes }) => bytes > limit).length;
    // 456 kB, 228 kB, 114 kB: the size is learned once (by four requests at the same time), not for each of 12 batches.
    expect(tooLarge).toBeLessThanOrEqual(12);
  });

  test('documents that are refused for the moment are sent again, and only those', async () => {
    const written = new Map<string, number>();
    const sizes: number[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      request.on('end', () => {
        const ids = [...text.matchAll(/"_id":"([^"]+)"/g)].map(([, id = '']) => id);
        sizes.push(ids.length);
        // Each document whose number ends in 000, 003, … 999 is refused the first time it comes: 334 of a thousand.
        const items = ids.map((id) => {
          const times = (written.get(id) ?? 0) + 1;
          written.set(id, times);
          const refuse = times === 1 && Number(id.slice(-3)) % 3 === 0;
          const error = {
            type: 'rejected_execution_exception',
            reason: 'rejected execution of coordinating operation',
          };
          return { create: refuse ? { status: 429, error } : { status: 201 } };
        });
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ errors: items.some(({ create: item }) => item.status !== 201), items }),
        );
      });
    });
    opened.push({ close: () => close(server) });
    const { last } = await loadFrom(`http://127.0.0.1:${await listen(server)}`, 'any', 10_000, 1000);
    expect(last).toMatchObject(exact);
    expect(written.size).toBe(TOTAL);
    expect(Math.max(...written.values())).toBe(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(TOTAL + 6 * 334);
  });
});

describe('faults that stay', () => {
  test('a cluster that takes nothing for too long ends the load, with what it has', async () => {
    const { error, index, last } = await loadThrough(
      onBulk((bulk) => (bulk <= 4 ? 'pass' : tooMany)),
      { giveUpMs: 1500 },
    );
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'load-incomplete', exit: 7 });
    expect((error as AppError).values).toMatchObject({ index, acknowledged: last?.acknowledged });
    expect(await count(index)).toBe(last?.acknowledged);
    expect(last?.acknowledged).toBe(2000);
  });

  test('an index that is read-only says so', async () => {
    const index = await create();
    const block = (on: boolean | null) =>
      cluster.request({
        method: 'PUT',
        path: `/${index}/_settings`,
        body: { 'index.blocks.read_only_allow_delete': on },
      });
    await block(true);
    const { error } = await loadFrom(target, index, 1000);
    expect(error).toMatchObject({ code: 'writes-blocked' });
    expect((error as AppError).message).toContain('read-only');
    await block(null);
    expect((await loadFrom(target, index)).last).toMatchObject(exact);
  });

  test('a server that is gone ends the load after the same time', async () => {
    const index = await create();
    const proxy = await startProxy({ target });
    await proxy.close();
    const { error } = await loadFrom(proxy.url, index, 800);
    expect(error).toMatchObject({ code: 'load-incomplete' });
    expect((error as AppError).message).toContain('Nothing is listening');
  });

  test('a sign-in that is refused ends it at once', async () => {
    const begin = performance.now();
    const { error } = await loadThrough(
      onBulk(() => ({ status: 401, body: 'Unauthorized', contentType: 'text/plain' })),
    );
    expect(error).toMatchObject({ code: 'sign-in-missing' });
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
