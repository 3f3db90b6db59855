// Downloads the OpenSearch jars once, with Maven, into the cache folder, and checks them before each start.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError } from '../../errors/app-error.ts';
import type { Environment } from '../directories.ts';
import type { NodeEvent } from '../events.ts';
import { type Download, mavenArguments } from './downloads.ts';
import { privateFolder } from './files.ts';
import { wrongJars } from './jar-sums.ts';
import { acquireLock } from './lock.ts';
import { DOCKER_LINE } from './release.ts';

const DRAFT = 'draft-';

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** The full path of `mvn`. Throws AppError `maven-missing`. */
async function findMaven(env: Environment): Promise<string> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && (await exists(join(folder, 'mvn')))) return join(folder, 'mvn');
  }
  throw new AppError('maven-missing', { docker: DOCKER_LINE });
}

export interface FetchJars {
  readonly download: Download;
  /** Where the jars go. */
  readonly folder: string;
  /** A JDK for Maven itself. */
  readonly javaHome: string;
  readonly env: Environment;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sees to it that every jar is there and has the SHA-256 this program knows: missing and damaged ones are downloaded.
 * Reports its progress; waits for another process that downloads at the same time. Throws AppError `maven-missing`,
 * `maven-failed` or `jar-mismatch`, and `node-failed` for a folder that others can write to.
 */
export async function* fetchJars(request: FetchJars): AsyncGenerator<NodeEvent> {
  const { folder, env, signal, download } = request;
  const { sums } = download;
  const home = dirname(folder);
  // Whoever can write there could exchange a jar after its check.
  privateFolder(home);
  if ((await wrongJars(folder, sums)).length === 0) return;
  const maven = await findMaven(env);
  yield progress(download, 0);
  const release = await acquireLock(join(home, 'lock'), signal);
  try {
    const wrong = await wrongJars(folder, sums);
    if (wrong.length > 0) yield* replaceJars(maven, request, wrong);
  } finally {
    await release();
  }
}

/** All jars go into a draft, since Maven knows no single ones; the wrong ones are replaced one by one, by a rename. */
async function* replaceJars(maven: string, request: FetchJars, wrong: readonly string[]) {
  const { folder, download } = request;
  const home = dirname(folder);
  await removeDrafts(home);
  const draft = await mkdtemp(join(home, DRAFT));
  try {
    const pom = join(home, 'pom.xml');
    await writeFile(pom, download.pom);
    yield* runMaven(maven, request, mavenArguments(download, pom, draft));
    const [mismatch] = await wrongJars(draft, download.sums);
    if (mismatch !== undefined) throw new AppError('jar-mismatch', { jar: mismatch, docker: DOCKER_LINE });
    privateFolder(folder);
    // A cache fits only the jars that it was made of.
    await rm(join(home, 'aot'), { recursive: true, force: true });
    for (const name of wrong) await rename(join(draft, name), join(folder, name));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** What a download that was killed left behind. */
async function removeDrafts(home: string): Promise<void> {
  const drafts = (await readdir(home)).filter((name) => name.startsWith(DRAFT));
  for (const name of drafts) await rm(join(home, name), { recursive: true, force: true });
}

async function* runMaven(
  maven: string,
  { download, javaHome, env, signal }: FetchJars,
  given: readonly string[],
) {
  const child = spawn(maven, given, {
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
    if (/Downloaded .*\.jar\b/.test(line)) yield progress(download, ++jars);
    if (firstError === '' && line.includes('[ERROR]')) firstError = line.replace(/.*\[ERROR\]\s*/, '');
  }
  const { code, reason } = await ended;
  signal?.throwIfAborted();
  if (code !== 0) throw mavenFailed(firstError || reason || complaint.trim() || `mvn exited with ${code}`);
}

function progress({ title, files }: Download, jars: number): NodeEvent {
  const detail = `Downloading ${title}${jars > 0 ? `: ${jars} files` : ''}`;
  return { type: 'node', phase: 'fetch', detail, fraction: Math.min(0.99, jars / files) };
}

function mavenFailed(text: string): AppError {
  const reason = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 400);
  return new AppError('maven-failed', { reason, docker: DOCKER_LINE });
}
