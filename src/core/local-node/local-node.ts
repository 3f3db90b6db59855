// The OpenSearch of this machine: started so that it outlives this process, checked, and stopped by its pid.

import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Directories, Environment } from '../directories.ts';
import type { NodeEvent } from '../events.ts';
import { cacheWasRejected, removeAotCache } from './aot-cache.ts';
import { endOverdueRecordings, makeAotCache } from './aot-recording.ts';
import { OPENSEARCH, SECURITY } from './downloads.ts';
import { type NodeFiles, type NodeKind, nodeFiles, privateFolder, readNote, removeNote } from './files.ts';
import { answersAs, isOurProcess } from './health.ts';
import { fetchJars } from './jars.ts';
import { findJava, type Java } from './java.ts';
import { awaitReady, type Launch, launch, nodeFailed } from './launch.ts';
import { acquireLock } from './lock.ts';
import { isTaken } from './port.ts';
import { endProcess } from './processes.ts';
import { OPENSEARCH_VERSION } from './release.ts';
import { makeSecurity, type Secrets } from './security.ts';

/** The port that a local node takes when it is free. */
const FIRST_PORT = 9200;

/** A node that does not close its shards in this time is killed. */
const STOP_MS = 30_000;
const MAX_TRIES = 3;

type Places = Pick<Directories, 'cache' | 'state'>;

export interface LocalNodeStatus {
  /** `stale`: it was started but has ended or does not answer (crash, reboot, still starting). */
  readonly state: 'running' | 'stopped' | 'stale';
  /** One phrase for a person. */
  readonly detail: string;
  readonly url?: string;
  readonly pid?: number;
  readonly port?: number;
  /** SHA-256 of the certificate of a secured node. */
  readonly fingerprint?: string;
}

export interface StartLocalNode {
  readonly directories: Places;
  /** PATH, HOME, JAVA_HOME and OPENSEARCH_JAVA_HOME are read; Maven gets all of it. */
  readonly env: Environment;
  /** Folders to look for a JDK in, instead of the usual ones. */
  readonly javaCandidates?: readonly string[];
  /** @default 9200 */
  readonly firstPort?: number;
  /** Given, it is the secured node: https, and one user, `admin`. The secrets count at its first start only. */
  readonly secure?: Secrets | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gets a local OpenSearch up: finds Java, fetches the jars the first time, starts it, waits until it is healthy.
 * One that runs already is used at once; one that crashed starts again on its data. The last event has phase `ready`
 * and the `url`; for a secured node also its `fingerprint`, and `fresh` when the password is now the given one. Throws
 * AppError `java-missing`, `maven-missing`, `maven-failed`, `jar-mismatch` or `node-failed`.
 */
export async function* startLocalNode({
  directories,
  env,
  javaCandidates,
  firstPort = FIRST_PORT,
  secure,
  signal,
}: StartLocalNode): AsyncGenerator<NodeEvent> {
  const kind: NodeKind = secure ? 'secure' : 'plain';
  const running = await localNodeStatus(directories, kind);
  if (running.state === 'running') return yield ready(running, 'already running');

  const java = await findJava(env, javaCandidates);
  yield { type: 'node', phase: 'java', detail: `Java ${java.version} in ${java.home}` };
  const files = nodeFiles(directories, kind);
  privateFolder(directories.state);
  privateFolder(files.home);
  // The caches of the JVMs lie beside the jars.
  privateFolder(dirname(files.jars));
  await endOverdueRecordings(files);
  const fetching = { javaHome: java.home, env, signal };
  yield* fetchJars({ ...fetching, download: OPENSEARCH, folder: files.jars });
  if (secure) yield* fetchJars({ ...fetching, download: SECURITY, folder: files.securityJars });

  const release = await acquireLock(files.lock, signal);
  try {
    const quicker = await localNodeStatus(directories, kind);
    if (quicker.state === 'running') return yield ready(quicker, 'already running');
    await stopLocalNode(directories, kind);
    const fresh = secure !== undefined && (await secureIfNew(files, java, secure));
    yield* startFresh({ files, java, env, firstPort }, signal);
    // Nobody has seen the password yet, so a start that fails before this point is repeated from scratch.
    if (fresh) await writeFile(files.made, '', { mode: 0o600 });
    yield ready(await localNodeStatus(directories, kind), 'ready', fresh);
  } finally {
    await release();
  }
}

/** Makes certificate and user of a secured node that was never ready; true when it did. Throws AppError `node-failed`. */
async function secureIfNew(files: NodeFiles, java: Java, secrets: Secrets): Promise<boolean> {
  if (existsSync(files.made)) return false;
  try {
    await makeSecurity(files, java, secrets);
    return true;
  } catch (error) {
    throw await nodeFailed(
      files,
      `it could not be secured: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** If another program took the port between our look and the start, the node exits at once: then on the next port. */
async function* startFresh(request: Launch, signal?: AbortSignal): AsyncGenerator<NodeEvent> {
  for (let tries = 1; ; tries++) {
    const launched = await launch(request);
    try {
      yield* awaitReady(launched, request.files, signal);
      if (launched.cached && (await cacheWasRejected(request.files)))
        await removeAotCache(request.files, request.java);
      return;
    } catch (error) {
      if (tries >= MAX_TRIES || signal?.aborted) throw error;
      const crowded = await isTaken(launched.port);
      if (!crowded && !launched.cached) throw error;
      // Perhaps its own cache brought the JVM down.
      if (!crowded) await removeAotCache(request.files, request.java);
    }
  }
}

function ready({ url = '', fingerprint }: LocalNodeStatus, word: string, fresh = false): NodeEvent {
  const detail = `OpenSearch ${OPENSEARCH_VERSION} on ${url}: ${word}`;
  return { type: 'node', phase: 'ready', detail, url, ...(fingerprint ? { fingerprint, fresh } : {}) };
}

/** What is true now: the process lives, is ours, and answers; or how it is otherwise. */
export async function localNodeStatus(
  directories: Places,
  kind: NodeKind = 'plain',
): Promise<LocalNodeStatus> {
  const files = nodeFiles(directories, kind);
  const note = await readNote(files);
  if (note === undefined) return { state: 'stopped', detail: `no ${NAMES[kind]} was started` };
  const { pid, port } = note;
  const where = { pid, port, url: `${kind === 'plain' ? 'http' : 'https'}://localhost:${port}` };
  if (!(await isOurProcess(note, files))) {
    return {
      state: 'stale',
      detail: `process ${pid} has ended: it crashed or the machine restarted`,
      pid,
      port,
    };
  }
  if (await answersAs(note, files)) {
    const fingerprint = kind === 'secure' ? { fingerprint: await fingerprintIn(files) } : {};
    return { state: 'running', detail: `process ${pid} on ${where.url}`, ...where, ...fingerprint };
  }
  return { state: 'stale', detail: `process ${pid} lives but does not answer on port ${port}`, pid, port };
}

const NAMES: Readonly<Record<NodeKind, string>> = {
  plain: 'local OpenSearch',
  secure: 'secured local OpenSearch',
};

/** SHA-256 of the certificate, as `AA:BB:…`. */
async function fingerprintIn({ certificate }: NodeFiles): Promise<string> {
  return new X509Certificate(await readFile(certificate)).fingerprint256;
}

export interface StoppedNode {
  /** False when no node was running. */
  readonly stopped: boolean;
  /** True when this stop has begun to make the JVM's cache in the background, for a faster start. */
  readonly caching: boolean;
}

/**
 * Ends the local node; its data stay. The next start is prepared in the background unless that was done before.
 * Never touches a process that is not ours.
 */
export async function stopLocalNode(directories: Places, kind: NodeKind = 'plain'): Promise<StoppedNode> {
  const files = nodeFiles(directories, kind);
  await endOverdueRecordings(files);
  const note = await readNote(files);
  if (note === undefined) return { stopped: false, caching: false };
  const stopped = await isOurProcess(note, files);
  if (stopped) await endProcess(note.pid, STOP_MS);
  await removeNote(files);
  // The cache is that of a plain node; a secured one has more jars.
  const cacheable = stopped && kind === 'plain' && note.java !== undefined;
  const caching = cacheable && (await makeAotCache(files, note.java));
  return { stopped, caching };
}
