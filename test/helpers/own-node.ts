// A node with settings of its own, for what cannot be set while a node runs: its roles, and whether it makes indexes by itself.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nodeFiles } from '../../src/core/local-node/files.ts';
import { JAR_NAMES } from '../../src/core/local-node/jar-sums.ts';
import { findJava } from '../../src/core/local-node/java.ts';
import { freePort } from '../../src/core/local-node/port.ts';
import { OPENSEARCH_VERSION } from '../../src/core/local-node/release.ts';
import { writeSettings } from '../../src/core/local-node/settings.ts';
import { testCacheFolder } from './real-node.ts';
import { SHORT_LIVED } from './short-lived.ts';

export interface OwnNode {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const FIRST_PORT = 9270;
const TRIES = 240;
const SOURCE = fileURLToPath(new URL('OwnNode.java', import.meta.url));

/** Starts it, and waits until it answers. @param settings by their flat names; a value with commas is a list. */
export async function startOwnNode(settings: Readonly<Record<string, string>>): Promise<OwnNode> {
  const state = mkdtempSync(join(tmpdir(), 'incident-demo-own-node-'));
  const { jars, base } = nodeFiles({ cache: testCacheFolder(), state });
  writeSettings(base, OPENSEARCH_VERSION);
  const { home } = await findJava(process.env);
  const port = await freePort({ first: FIRST_PORT });
  const path = JAR_NAMES.map((name) => join(jars, name)).join(delimiter);
  const pairs = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const args = ['-Xms512m', '-Xmx1g', SHORT_LIVED, '-cp', path, SOURCE, base, String(port), ...pairs];
  const child = spawn(join(home, 'bin', 'java'), args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(state, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < TRIES && child.exitCode === null; tries++) {
    const status = await fetch(`${url}/_cluster/health`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return { url, stop };
    await sleep(250);
  }
  await stop();
  throw new Error('the node did not start');
}
