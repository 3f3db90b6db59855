import { expect, inject, onTestFinished, test } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/client.ts';
import type { Connection } from '../../../../src/core/cluster/types.ts';
import { loadBatches } from '../../../../src/core/load/index.ts';
import { testBatches } from '../../../helpers/batches.ts';
import { testIndexes } from '../../../helpers/indexes.ts';
import { type ProxyOptions, startProxy } from '../../../helpers/proxy.ts';

const { create, count } = await testIndexes();

async function proxy(more: Partial<ProxyOptions> = {}) {
  const running = await startProxy({ target: inject('openSearchUrl'), ...more });
  onTestFinished(() => running.close());
  return running;
}

async function loadThrough(connection: Connection, index: string) {
  const cluster = await openCluster(connection, {});
  onTestFinished(() => cluster.close());
  const { signal } = new AbortController();
  const options = { signal, random: () => 0.1, onRefused: () => {} };
  const loading = loadBatches(cluster, index, testBatches(0, 6000, 300), options);
  let step = await loading.next();
  while (!step.done) step = await loading.next();
  return step.value;
}

test('every node that is named takes its share', async () => {
  const nodes = [await proxy(), await proxy(), await proxy()];
  const [url = '', ...others] = nodes.map((node) => node.url);
  const index = await create();
  expect(await loadThrough({ url, nodes: others }, index)).toMatchObject({ acknowledged: 6000 });
  for (const { seen } of nodes)
    expect(seen.filter(({ bulk }) => bulk > 0).length).toBeGreaterThanOrEqual(20 / 3 - 1);
  expect(await count(index)).toBe(6000);
});

test('a node that drops every request loses nothing: the others take its share', async () => {
  const [good, bad] = [await proxy(), await proxy({ act: () => 'drop' })];
  const index = await create();
  const total = await loadThrough({ url: good.url, nodes: [bad.url] }, index);
  expect(total).toMatchObject({ acknowledged: 6000, refused: 0 });
  expect(bad.seen.length).toBeGreaterThan(0);
  expect(await count(index)).toBe(6000);
});

test('compressed requests arrive whole, at a fraction of the size', async () => {
  const [plain, zipped] = [await proxy(), await proxy()];
  const index = await create();
  await loadThrough({ url: plain.url, compress: false }, await create());
  expect(await loadThrough({ url: zipped.url, compress: true }, index)).toMatchObject({ acknowledged: 6000 });
  const bytes = ({ seen }: typeof plain) =>
    seen.reduce((sum, { bulk, bytes }) => sum + (bulk ? bytes : 0), 0);
  expect(bytes(zipped)).toBeLessThan(bytes(plain) / 4);
  expect(await count(index)).toBe(6000);
});
