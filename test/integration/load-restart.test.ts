// The cluster dies in the middle of a load and comes back.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openCluster } from '../../src/core/cluster/client.ts';
import { createIndex, loadingSettings } from '../../src/core/cluster/index-admin.ts';
import { localNodeStatus, startLocalNode, stopLocalNode } from '../../src/core/cluster/local-node.ts';
import { loadBatches } from '../../src/core/load/index.ts';
import { testBatches } from '../helpers/batches.ts';
import { testMeta } from '../helpers/run-meta.ts';

const directories = {
  cache: inject('cacheFolder'),
  state: mkdtempSync(join(tmpdir(), 'incident-demo-restart-')),
};
const INDEX = 'restart_test';
const TOTAL = 60_000;
/** A signal to 0 would reach ourselves; this number no process has. */
const NOBODY = 2 ** 30;

async function start(firstPort: number): Promise<string> {
  let url = '';
  for await (const event of startLocalNode({ directories, env: process.env, firstPort }))
    url = event.url ?? url;
  return url;
}

let url = '';

beforeAll(async () => {
  url = await start(9285);
});
afterAll(async () => {
  await stopLocalNode(directories);
  rmSync(directories.state, { recursive: true, force: true });
});

test('kill -9 of the node in the middle: the load waits, goes on, and is exact', async () => {
  const cluster = await openCluster({ url }, {});
  await createIndex(cluster, INDEX, { meta: testMeta, labels: false });
  const restore = await loadingSettings(cluster, INDEX);
  const options = { signal: new AbortController().signal, onRefused: () => {}, random: () => 0.5 };
  let restarted: Promise<string> | undefined;
  let last = { acknowledged: 0, retried: 0 };
  for await (const progress of loadBatches(cluster, INDEX, testBatches(0, TOTAL, 1000), options)) {
    last = progress;
    if (restarted === undefined && progress.acknowledged > TOTAL / 10) {
      const { pid = NOBODY, port = 0 } = await localNodeStatus(directories);
      process.kill(pid, 'SIGKILL');
      restarted = start(port);
    }
  }
  expect(await restarted).toBe(url);
  await restore();
  expect(last).toMatchObject({ acknowledged: TOTAL, refused: 0 });
  expect(last.retried).toBeGreaterThan(0);
  const { body } = await cluster.request({ method: 'GET', path: `/${INDEX}/_count` });
  expect(body).toMatchObject({ count: TOTAL });
  await cluster.close();
});
