// Sources that fail or fall silent: the load ends with what they said, and nothing goes on behind its back.

import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { unlessAborted } from '../../../../src/core/async/within.ts';
import type { Cluster } from '../../../../src/core/cluster/client.ts';
import type { Documents } from '../../../../src/core/documents/batch.ts';
import { TRANSACTION_IDS } from '../../../../src/core/documents/ids.ts';
import { loadBatches } from '../../../../src/core/load/index.ts';
import { installVirtualTime, settled, wait } from '../../../helpers/virtual-time.ts';

installVirtualTime();

const DATA = Buffer.from('{"create":{"_id":"a"}}\n{}\n');
const BATCH: Documents = {
  data: DATA,
  offsets: new Uint32Array([0, DATA.length]),
  documents: 1,
  ids: TRANSACTION_IDS,
};

function clusterThat(answer: () => Promise<number>): Cluster {
  const request = async () => ({
    status: await answer(),
    body: { items: [{ create: { status: 201 } }] },
    headers: {},
  });
  return { url: 'http://localhost:9200', request, close: async () => {} };
}

/** Loads to the end; gives the number of documents acknowledged, and what it was ended with. */
async function loaded(
  cluster: Cluster,
  batches: Iterable<Documents> | AsyncIterable<Documents>,
  onAllCreated = () => {},
): Promise<{ acknowledged: number; error: unknown }> {
  const { signal } = new AbortController();
  let acknowledged = 0;
  try {
    const options = { signal, onRefused: () => {}, random: () => 0.5, onAllCreated };
    for await (const told of loadBatches(cluster, 'demo', batches, options)) acknowledged = told.acknowledged;
    return { acknowledged, error: undefined };
  } catch (error) {
    return { acknowledged, error };
  }
}

test('requests on their way when the source fails are answered before the load ends', async () => {
  let onTheirWay = 0;
  const cluster = clusterThat(async () => {
    onTheirWay++;
    await wait(300);
    onTheirWay--;
    return 200;
  });
  const broken = new Error('broken');
  const source = function* () {
    yield BATCH;
    yield BATCH;
    throw broken;
  };
  let whole = 0;
  const result = await settled(loaded(cluster, source(), () => whole++));
  expect(result).toEqual({ acknowledged: 2, error: broken });
  expect({ onTheirWay, whole }).toEqual({ onTheirWay: 0, whole: 2 });
});

test('nothing is sent again once the source has failed', async () => {
  let requests = 0;
  const cluster = clusterThat(async () => {
    requests++;
    return 503;
  });
  const broken = new Error('broken');
  const source = async function* () {
    yield BATCH;
    await wait(50);
    throw broken;
  };
  expect(await settled(loaded(cluster, source()))).toEqual({ acknowledged: 0, error: broken });
  const atTheEnd = requests;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requests).toBe(atTheEnd);
});

test('the first failure is told, not that the source could not be closed after it', async () => {
  const first = new Error('first');
  const cluster = clusterThat(() => Promise.reject(first));
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false as const, value: BATCH }),
      return: () => Promise.reject(new Error('second')),
    }),
  };
  expect((await settled(loaded(cluster, source))).error).toBe(first);
});

test('a rejection after a stop goes nowhere, also when the stop came first', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const stop = new AbortController();
  const later = Promise.withResolvers<never>();
  const waiting = unlessAborted(later.promise, stop.signal);
  stop.abort();
  expect(await waiting).toBeUndefined();
  later.reject(new Error('later'));
  expect(await unlessAborted(Promise.reject(new Error('at once')), stop.signal)).toBeUndefined();
  await setImmediate();
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
