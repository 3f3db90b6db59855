// Fetches the OpenSearch jars once, with Maven, into the cache folder.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError } from '../../errors/app-error.ts';
import type { Environment } from '../directories.ts';
import type { NodeEvent } from '../events.ts';
import { privateFolder } from './files.ts';
import { acquireLock } from './lock.ts';
import { DOCKER_LINE, OPENSEARCH_VERSION, POM } from './release.ts';

/** Jars that Maven downloads the first time, its own plugins among them; only for the progress bar. */
const FIRST_DOWNLOADS = 160;

const DRAFT = 'draft-';

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** True when every jar is there. */
async function haveJars(folder: string): Promise<boolean> {
  return exists(folder);
}

/** The full path of `mvn`. Throws AppError `maven-missing`. */
async function findMaven(env: Environment): Promise<string> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && (await exists(join(folder, 'mvn')))) return join(folder, 'mvn');
  }
  throw new AppError('maven-missing', { docker: DOCKER_LINE });
}

export interface FetchJars {
  /** Where the jars shall lie; created by a rename when all are there. */
  readonly folder: string;
  /** A JDK for Maven itself. */
  readonly javaHome: string;
  readonly env: Environment;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches the jars unless they are there, and tells how far it is. Another process that fetches at the same time
 * is waited for. Throws AppError `maven-missing` or `maven-failed`.
 */
export async function* fetchJars({ folder, javaHome, env, signal }: FetchJars): AsyncGenerator<NodeEvent> {
  if (await haveJars(folder)) return;
  const maven = await findMaven(env);
  const home = dirname(folder);
  await privateFolder(home);
  yield progress(0);
  const release = await acquireLock(join(home, 'lock'), signal);
  try {
    if (await haveJars(folder)) return;
    await removeDrafts(home);
    const draft = await mkdtemp(join(home, DRAFT));
    await writeFile(join(home, 'pom.xml'), POM);
    yield* runMaven(maven, { pom: join(home, 'pom.xml'), draft, javaHome, env, signal });
    if ((await readdir(draft)).length === 0) throw mavenFailed('it fetched nothing');
    await rename(draft, folder);
  } finally {
    await release();
  }
}

/** What a broken download left behind. */
async function removeDrafts(home: string): Promise<void> {
  const drafts = (await readdir(home)).filter((name) => name.startsWith(DRAFT));
  for (const name of drafts) await rm(join(home, name), { recursive: true, force: true });
}

interface MavenRun {
  readonly pom: string;
  readonly draft: string;
  readonly javaHome: string;
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
}

async function* runMaven(maven: string, { pom, draft, javaHome, env, signal }: MavenRun) {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${draft}`];
  const child = spawn(maven, ['-B', '-f', pom, ...goal], {
    env: { ...env, JAVA_HOME: javaHome },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  const ended = once(child, 'close').then(
    ([code]) => ({ code: code as number | null, reason: '' }),
    (error: Error) => ({ code: null, reason: error.message }),
  );
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  let firstError = '';
  let jars = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (/Downloaded .*\.jar\b/.test(line)) yield progress(++jars);
    if (firstError === '' && line.includes('[ERROR]')) firstError = line.replace(/.*\[ERROR\]\s*/, '');
  }
  const { code, reason } = await ended;
  signal?.throwIfAborted();
  if (code !== 0) throw mavenFailed(firstError || reason || complaint.trim() || `mvn ended with ${code}`);
}

function progress(jars: number): NodeEvent {
  const detail = `Fetching OpenSearch ${OPENSEARCH_VERSION} (69 MB)${jars > 0 ? `: ${jars} files` : ''}`;
  return { type: 'node', phase: 'fetch', detail, fraction: Math.min(0.99, jars / FIRST_DOWNLOADS) };
}

function mavenFailed(text: string): AppError {
  const reason = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 400);
  return new AppError('maven-failed', { reason, docker: DOCKER_LINE });
}
