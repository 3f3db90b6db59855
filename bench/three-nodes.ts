// `node bench/three-nodes.ts`: three processes load a part each into a fresh cluster of three nodes, all at once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeFiles } from '../src/core/local-node/files.ts';
import { findJava } from '../src/core/local-node/java.ts';
import { freePort } from '../src/core/local-node/port.ts';
import { OPENSEARCH_VERSION } from '../src/core/local-node/release.ts';
import { runnerArguments, writeSettings } from '../src/core/local-node/settings.ts';
import { CLI } from '../test/helpers/program.ts';
import { testCacheFolder } from '../test/helpers/real-node.ts';
import { table, whole } from './table.ts';

const NODES = 3;
/** Each node of a machine that has little memory gets a heap of 1 GB. */
const ONE_GB_HEAP = 0;
const FIRST_PORT = 9280;
const INDEX = 'incident-demo-parts';

interface Done {
  readonly ok: boolean;
  readonly documents: { readonly planned: number; readonly acknowledged: number; readonly found: number };
  readonly checks: readonly { readonly ok: boolean }[];
  readonly seconds: { readonly load: number };
  readonly error?: { readonly message: string };
}

interface Health {
  readonly number_of_nodes: number;
  readonly status: string;
}

const folder = mkdtempSync(join(tmpdir(), 'incident-demo-nodes-'));
const files = nodeFiles({ cache: testCacheFolder(), state: folder });

async function startCluster() {
  const port = await freePort({ first: FIRST_PORT });
  for (const name of ['node_1', 'node_2', 'node_3']) mkdirSync(join(files.base, name), { recursive: true });
  writeSettings(files.base, OPENSEARCH_VERSION);
  const java = await findJava(process.env);
  const words = runnerArguments({ jars: files.jars, base: files.base, port, memoryBytes: ONE_GB_HEAP });
  words[words.indexOf('-numOfNode') + 1] = String(NODES);
  const child = spawn(join(java.home, 'bin', 'java'), words, { cwd: folder, stdio: 'ignore' });
  const urls = Array.from({ length: NODES }, (_, node) => `http://localhost:${port + node}`);
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the cluster ended with ${child.exitCode}`);
    const health = await fetch(`${urls[0]}/_cluster/health`).then(
      async (answer) => (await answer.json()) as Health,
      () => undefined,
    );
    if (health?.number_of_nodes === NODES && health.status === 'green') return { child, urls };
    await sleep(500);
  }
}

async function loadPart(part: number, urls: readonly string[], options: readonly string[]): Promise<Done> {
  const state = join(folder, `part-${part}`);
  const words = ['run', '--url', urls.join(','), '--index', INDEX, '--part', `${part}/${NODES}`, '--yes'];
  const child = spawn(process.execPath, [CLI, ...words, '--json', ...options], {
    env: { ...process.env, HOME: state, XDG_STATE_HOME: state },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  await once(child, 'close');
  return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '{}') as Done;
}

const { child, urls } = await startCluster();
try {
  const options = ['--seed', '7', '--days', '3', '--now', new Date().toISOString(), ...process.argv.slice(2)];
  const start = performance.now();
  const parts = await Promise.all(
    urls.map((_, node) => loadPart(node + 1, [...urls.slice(node), ...urls.slice(0, node)], options)),
  );
  const seconds = (performance.now() - start) / 1000;
  const found = await fetch(`${urls[0]}/${INDEX}/_count`).then(
    async (answer) => (await answer.json()) as { count: number },
  );
  const rows = parts.map(({ ok, documents, checks, error }, part) => [
    `${part + 1}/${NODES}`,
    whole(documents.planned),
    whole(documents.acknowledged),
    `${checks.filter((check) => check.ok).length} of ${checks.length}`,
    ok ? 'ok' : (error?.message ?? 'failed'),
  ]);
  console.log(table(['part', 'planned', 'acknowledged', 'checks', 'end'], rows));
  const planned = parts.reduce((sum, { documents }) => sum + documents.planned, 0);
  console.log(
    `${whole(found.count)} of ${whole(planned)} documents in the index after ${seconds.toFixed(1)} s`,
  );
  const settings = await fetch(`${urls[0]}/${INDEX}/_settings?flat_settings=true`);
  console.log(JSON.stringify(await settings.json()));
  process.exitCode = found.count === planned && parts.every(({ ok }) => ok) ? 0 : 1;
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
