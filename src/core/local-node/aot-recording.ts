// Makes the JVM's cache in the background, once for a Java and a release, when a node is stopped for the first time.
// The node that a person uses is never recorded, since a recorded JVM takes seconds to exit.

import { spawn } from 'node:child_process';
import { open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { makePrivateFolder } from '../files/folder.ts';
import { aotCacheOf, isComplete, MIN_JAVA, removeAotCache } from './aot-cache.ts';
import type { NodeFiles } from './files.ts';
import type { Java } from './java.ts';
import { acquireLock } from './lock.ts';
import { LAST_PORT } from './port.ts';
import { endGroup, processArguments } from './processes.ts';
import { OPENSEARCH_VERSION } from './release.ts';
import { runnerArguments, writeSettings } from './settings.ts';

/** A recording takes about a minute, and longer beside other work; one that takes this long hangs. */
const LIMIT_MS = 5 * 60_000;

const PID = '.pid';

/** Not an address of any machine, whatever its network allows to bind: it is on an interface that does not exist. */
const UNREACHABLE_ADDRESS = 'fe80::1%no-such-interface';

/**
 * Begins to make the cache in a process of its own with the lowest priority, unless it is complete or being made; one
 * that was interrupted is begun again. The process is a node that cannot bind its HTTP address: it exits by itself once
 * everything is loaded, and its JVM then writes the cache. Returns true when it was begun. Never throws: a node starts
 * without the cache too, only more slowly.
 */
export async function makeAotCache(files: NodeFiles, java: Java): Promise<boolean> {
  if (java.major < MIN_JAVA) return false;
  try {
    makePrivateFolder(files.aot);
    const release = await acquireLock(join(files.aot, 'lock'));
    try {
      const cache = aotCacheOf(files, java);
      if ((await isComplete(cache)) || (await recordingIn(cache.pid)) !== undefined) return false;
      await removeAotCache(files, java);
      return await record(files, java);
    } finally {
      await release();
    }
  } catch {
    // The cache folder cannot be written.
    return false;
  }
}

/** Starts the process and notes its number. False when Java cannot be started. */
async function record(files: NodeFiles, java: Java): Promise<boolean> {
  const { file, log, pid, base } = aotCacheOf(files, java);
  writeSettings(base, OPENSEARCH_VERSION, `http.host: "${UNREACHABLE_ADDRESS}"\n`);
  const words = runnerArguments({ jars: files.jars, base, port: LAST_PORT, memoryBytes: 0 });
  const printed = await open(log, 'w', 0o600);
  try {
    const child = spawn(join(java.home, 'bin', 'java'), [`-XX:AOTCacheOutput=${file}`, ...words], {
      cwd: base,
      detached: true,
      stdio: ['ignore', printed.fd, printed.fd],
      env: {},
    });
    child.once('error', () => {});
    child.unref();
    if (child.pid === undefined) return false;
    await writeFile(pid, String(child.pid), { mode: 0o600 });
    giveWay(child.pid);
    return true;
  } finally {
    await printed.close();
  }
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already.
  }
}

/** Ends the recordings that hang, those that have run for longer than `limitMs`. Never touches a process that is not ours. */
export async function endOverdueRecordings(
  { aot }: Pick<NodeFiles, 'aot'>,
  limitMs = LIMIT_MS,
): Promise<void> {
  const names = await readdir(aot).catch(() => []);
  for (const name of names.filter((each) => each.endsWith(PID))) {
    const path = join(aot, name);
    const pid = await recordingIn(path);
    if (pid === undefined || (await ageMs(path)) < limitMs) continue;
    // Killed at once: on a normal exit, a recorded JVM would write the cache first.
    await endGroup(pid, 0);
    await rm(path, { force: true });
  }
}

/** The process that a recording has noted in this file, while it lives and is a node on the folder of that recording. */
async function recordingIn(path: string): Promise<number | undefined> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  if (!Number.isSafeInteger(pid) || pid < 2) return undefined;
  const line = await processArguments(pid);
  return line?.includes(`-basePath ${path.slice(0, -PID.length)} `) ? pid : undefined;
}

/** How long ago a file was written; infinite when there is none. */
async function ageMs(path: string): Promise<number> {
  const written = await stat(path).catch(() => undefined);
  if (written === undefined) return Number.POSITIVE_INFINITY;
  return performance.timeOrigin + performance.now() - written.mtimeMs;
}
