// Starts the process of the local node, detached from ours, and waits until it is healthy.

import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors/app-error.ts';
import type { Environment } from '../directories.ts';
import type { NodeEvent } from '../events.ts';
import { aotArguments } from './aot-cache.ts';
import { lastPort, logTail, type NodeFiles, type NodeNote, removeNote, writeNote } from './files.ts';
import { answersAs, isReady } from './health.ts';
import type { Java } from './java.ts';
import { freePort, LAST_PORT } from './port.ts';
import { endProcess } from './processes.ts';
import { DOCKER_LINE, OPENSEARCH_VERSION } from './release.ts';
import { runnerArguments, writeSettings } from './settings.ts';

/** It answers after about 7 s on two cores, or 4 s with the JVM's cache; a busy machine or much data takes longer. */
const START_MS = 120_000;
const POLL_MS = 250;

/** A start that is given up has this long to exit by itself; it holds no data yet. */
const CANCEL_MS = 5000;

/** If another program takes the port first, the runner takes the next one. */
const PORTS_TO_LOOK_AT = 5;

/** All that Java needs. The rest of the environment, passwords too, is not for a process that keeps running. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'JAVA_TOOL_OPTIONS'];

export interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly java: Java;
  /** True when its JVM uses what an earlier one kept. */
  readonly cached: boolean;
}

export interface Launch {
  readonly files: NodeFiles;
  readonly java: Java;
  readonly env: Environment;
  readonly firstPort: number;
}

/** Starts the node on a free port and notes its process at once, so that it can be ended at any time. */
export async function launch({ files, java, env, firstPort }: Launch): Promise<Launched> {
  const port = await freePort({ preferred: await lastPort(files), first: firstPort });
  const secure = files.kind === 'secure';
  // Those of a secured node were made with its certificate.
  if (!secure) writeSettings(files.base, OPENSEARCH_VERSION);
  const cache = secure ? [] : await aotArguments(files, java);
  const { jars, base } = files;
  const securityJars = secure ? files.securityJars : undefined;
  const call = runnerArguments({ jars, securityJars, base, port, memoryBytes: totalmem() });
  const log = await open(files.log, 'w', 0o600);
  try {
    const child = spawn(join(java.home, 'bin', 'java'), [...cache, ...call], {
      cwd: files.home,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: Object.fromEntries(Object.entries(env).filter(([name]) => PASSED_ON.includes(name))),
    });
    const failure = new Promise<string>((resolve) => child.once('error', (error) => resolve(error.message)));
    child.unref();
    if (child.pid === undefined) throw await nodeFailed(files, await failure);
    writeNote(files, { pid: child.pid, port, java });
    return { child, pid: child.pid, port, java, cached: cache.length > 0 };
  } finally {
    await log.close();
  }
}

/**
 * Waits until the node answers and its data are there (yellow or green), with an event each second.
 * A start that fails or is cancelled is ended, so that nothing half-started stays. Throws AppError `node-failed`.
 */
export async function* awaitReady(
  { child, pid, port, java, cached }: Launched,
  files: NodeFiles,
  signal?: AbortSignal,
): AsyncGenerator<NodeEvent> {
  let up = false;
  try {
    const begin = performance.now();
    let reported = -1;
    while (!up) {
      const seconds = Math.floor((performance.now() - begin) / 1000);
      if (seconds > reported) yield starting(port, seconds, cached ? 5 : files.kind === 'plain' ? 10 : 15);
      reported = seconds;
      if (child.exitCode !== null || child.signalCode !== null)
        throw await nodeFailed(files, 'it exited at once');
      if (seconds * 1000 >= START_MS) throw await nodeFailed(files, `it is not ready after ${seconds} s`);
      await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
      const actual = await portOf({ pid, port }, files, signal);
      up = actual !== undefined && (await isReady(files, actual, signal));
      if (up && actual !== undefined && actual !== port) writeNote(files, { pid, port: actual, java });
    }
  } finally {
    if (!up) {
      await endProcess(pid, CANCEL_MS);
      await removeNote(files);
    }
  }
}

async function portOf(
  { pid, port: first }: NodeNote,
  files: NodeFiles,
  signal?: AbortSignal,
): Promise<number | undefined> {
  for (let port = first; port < first + PORTS_TO_LOOK_AT && port <= LAST_PORT; port++) {
    if (await answersAs({ pid, port }, files, signal)) return port;
  }
  return undefined;
}

function starting(port: number, seconds: number, usual: number): NodeEvent {
  const detail = `Starting OpenSearch ${OPENSEARCH_VERSION} on port ${port} (${seconds} s, usually ${usual} s)`;
  return { type: 'node', phase: 'start', detail };
}

/** The error of a start that failed, with the last lines of the log. */
export async function nodeFailed(files: NodeFiles, reason: string): Promise<AppError> {
  return new AppError('node-failed', { reason, log: await logTail(files, 5), docker: DOCKER_LINE });
}
