// The cluster manager changes while documents are loaded: three nodes, of which one after the other must step down.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCluster } from '../../src/core/cluster/client.ts';
import { createIndex } from '../../src/core/cluster/indexes/admin.ts';
import { loadingSettings } from '../../src/core/cluster/indexes/load-settings.ts';
import { STORED_TRANSACTIONS } from '../../src/core/documents/transactions.ts';
import { loadBatches } from '../../src/core/load/index.ts';
import { nodeFiles } from '../../src/core/local-node/files.ts';
import { findJava } from '../../src/core/local-node/java.ts';
import { runnerArguments } from '../../src/core/local-node/settings.ts';
import { testBatches } from '../helpers/batches.ts';
import { testCacheFolder } from '../helpers/real-node.ts';
import { testMeta } from '../helpers/run-meta.ts';

export interface ManagerResult {
  /** Names of the managers, in their order. */
  readonly managers: readonly string[];
  readonly sent: number;
  readonly acknowledged: number;
  readonly found: number;
  readonly retried: number;
}

const FIRST_PORT = 9296;
const CHANGES = 3;
const LEAST_DOCUMENTS = 60_000;

async function threeNodes(): Promise<{ url: string; stop: () => Promise<void> }> {
  const state = mkdtempSync(join(tmpdir(), 'incident-demo-three-nodes-'));
  const { jars, base } = nodeFiles({ cache: testCacheFolder(), state });
  const { home } = await findJava(process.env);
  const args = runnerArguments({ jars, base, port: FIRST_PORT, memoryBytes: 0 }).map((word, at, all) =>
    all[at - 1] === '-numOfNode' ? '3' : all[at - 1] === '-clusterName' ? 'incident-demo-three' : word,
  );
  const child = spawn(join(home, 'bin', 'java'), args, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${FIRST_PORT}`;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(state, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 120; tries++) {
    const health = await fetch(`${url}/_cluster/health`).then(
      (answer) => answer.json() as Promise<{ number_of_nodes?: number }>,
      () => ({ number_of_nodes: 0 }),
    );
    if (health.number_of_nodes === 3) return { url, stop };
    await sleep(500);
  }
  await stop();
  throw new Error('three nodes did not become a cluster');
}

/** Loads, and makes the manager step down a few times meanwhile. */
export async function managerTrial(): Promise<ManagerResult> {
  const { url, stop } = await threeNodes();
  const index = 'managers_test';
  try {
    const cluster = await openCluster({ url }, {});
    const manager = async () =>
      String((await cluster.request({ method: 'GET', path: '/_cat/cluster_manager?h=node' })).body).trim();
    const managers = [await manager()];
    await createIndex(cluster, STORED_TRANSACTIONS, index, { meta: testMeta, labels: false });
    const { restore } = await loadingSettings(cluster, index);
    let changing: Promise<void> | undefined;
    const change = async () => {
      const now = managers.at(-1) ?? '';
      const path = '/_cluster/voting_config_exclusions';
      await cluster.request({ method: 'POST', path, query: { node_names: now } });
      while ((await manager()) === now) await sleep(50);
      managers.push(await manager());
      await cluster.request({ method: 'DELETE', path, query: { wait_for_removal: false } });
    };
    let sent = 0;
    async function* untilChanged() {
      for (let from = 0; managers.length <= CHANGES || from < LEAST_DOCUMENTS; from += 500) {
        yield* testBatches(from, from + 500, 500);
        sent = from + 500;
      }
    }
    const options = { signal: new AbortController().signal, onRefused: () => {}, random: () => 0.2 };
    let [acknowledged, retried] = [0, 0];
    for await (const progress of loadBatches(cluster, index, untilChanged(), options)) {
      ({ acknowledged, retried } = progress);
      if (acknowledged === 0 || managers.length > CHANGES) continue;
      changing = (changing ?? Promise.resolve()).then(() =>
        managers.length > CHANGES ? undefined : change(),
      );
    }
    await changing;
    await restore();
    const { body } = await cluster.request({ method: 'GET', path: `/${index}/_count` });
    await cluster.close();
    return { managers, sent, acknowledged, retried, found: (body as { count: number }).count };
  } finally {
    await stop();
  }
}
