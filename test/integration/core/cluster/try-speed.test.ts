// The speed of a cluster that nothing is written to: measured, not assumed.
import { afterEach, expect, inject, test } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/client.ts';
import { trySpeed } from '../../../../src/core/cluster/try-speed.ts';
import { ask } from '../../../helpers/ask.ts';
import { type Act, startProxy } from '../../../helpers/proxy.ts';

const target = inject('openSearchUrl');
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

async function speedAt(url: string, signal = new AbortController().signal): Promise<number | undefined> {
  const cluster = await openCluster({ url }, {});
  opened.push(cluster);
  return trySpeed(cluster, signal);
}

async function proxy(act: () => Act | Promise<Act>) {
  const started = await startProxy({ target, act });
  opened.push(started);
  return started;
}

const slowly = async (ms: number): Promise<Act> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return 'pass';
};

test('a cluster that answers more slowly has a lower speed', async () => {
  const direct = await speedAt(target);
  expect(direct).toBeGreaterThan(0);
  // Two senders with 300 documents each a second cannot pass more than 600, whatever the machine does.
  const slow = await proxy(() => slowly(1000));
  const delayed = await speedAt(slow.url);
  expect(delayed).toBeGreaterThan(0);
  expect(delayed).toBeLessThanOrEqual(600);
  expect(direct).toBeGreaterThan(delayed ?? 0);
});

test('nothing but the question is sent, and nothing is written', async () => {
  const pipelines = () => ask<object>(`${target}/_ingest/pipeline`, { accept: [404] });
  const before = await pipelines();
  const watched = await proxy(() => 'pass');
  await speedAt(watched.url);
  expect(new Set(watched.seen.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set(['POST /_ingest/pipeline/_simulate']),
  );
  expect(await pipelines()).toEqual(before);
});

test('a cluster that does not allow the question has no known speed', async () => {
  const forbidding = await proxy(() => ({ status: 403, body: '{}' }));
  expect(await speedAt(forbidding.url)).toBeUndefined();
  // Each of the two senders asks once.
  expect(forbidding.seen.length).toBeLessThanOrEqual(2);
});

test('it can be given up', async () => {
  const given = new AbortController();
  const silent = await proxy(() => {
    given.abort(new Error('enough'));
    return 'silence';
  });
  await expect(speedAt(silent.url, given.signal)).rejects.toThrow('enough');
});
