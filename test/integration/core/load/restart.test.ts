// The cluster dies in the middle of a load and comes back.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Cluster, openCluster } from '../../../../src/core/cluster/client.ts';
import { createIndex } from '../../../../src/core/cluster/indexes/admin.ts';
import { loadingSettings } from '../../../../src/core/cluster/indexes/load-settings.ts';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import type { LoadProgress } from '../../../../src/core/events.ts';
import { loadBatches } from '../../../../src/core/load/index.ts';
import {
  localNodeStatus,
  startLocalNode,
  stopLocalNode,
} from '../../../../src/core/local-node/local-node.ts';
import { testBatches } from '../../../helpers/batches.ts';
import { testMeta } from '../../../helpers/run-meta.ts';
import { shortLived } from '../../../helpers/short-lived.ts';

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
  const env = shortLived(process.env);
  for await (const event of startLocalNode({ directories, env, firstPort })) url = event.url ?? url;
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
  await createIndex(cluster, STORED_TRANSACTIONS, INDEX, { meta: testMeta, labels: false });
  const { restore } = await loadingSettings(cluster, INDEX);
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

const setting = (cluster: Cluster, values: Readonly<Record<string, string | null>>) =>
  cluster.request({ method: 'PUT', path: '/_cluster/settings', body: { transient: values } });
const MARK = 'cluster.routing.allocation.disk.watermark.';

test('a disk that is full beyond the flood stage, and has room again: the load waits and is exact', async () => {
  const index = 'flood_test';
  const cluster = await openCluster({ url }, {});
  await createIndex(cluster, STORED_TRANSACTIONS, index, { meta: testMeta, labels: false });
  const { restore } = await loadingSettings(cluster, index);
  // The node looks at its disks every ten seconds; as much as this no disk has free.
  const never = '900000gb';
  await setting(cluster, {
    'cluster.info.update.interval': '10s',
    [`${MARK}low`]: never,
    [`${MARK}high`]: never,
    [`${MARK}flood_stage`]: never,
  });
  let blocked = false;
  async function* untilBlocked() {
    for (let from = 0; !blocked || from < 20_000; from += 500) {
      yield* testBatches(from, from + 500, 500);
      sent = from + 500;
      await sleep(100);
    }
  }
  let sent = 0;
  const options = { signal: new AbortController().signal, onRefused: () => {}, random: () => 0.5 };
  let last: LoadProgress | undefined;
  for await (const progress of loadBatches(cluster, index, untilBlocked(), options)) {
    last = progress;
    if (blocked || !/flood|read-only/.test(progress.trouble ?? '')) continue;
    blocked = true;
    await setting(cluster, { [`${MARK}low`]: null, [`${MARK}high`]: null, [`${MARK}flood_stage`]: null });
  }
  await restore();
  expect(blocked).toBe(true);
  expect(last).toMatchObject({ acknowledged: sent, refused: 0 });
  const { body } = await cluster.request({ method: 'GET', path: `/${index}/_count` });
  expect(body).toMatchObject({ count: sent });
  await cluster.close();
});
