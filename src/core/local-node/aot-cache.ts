// The JVM's ahead-of-time cache of the node's classes (JEP 483, 514, 515): with it a node starts in about half the time.
// It is made in the background, once for a Java and a release, when a node is stopped for the first time. The node that
// a person uses is never recorded, since a recorded JVM takes seconds to exit.

import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { makePrivateFolder } from '../files/folder.ts';
import type { NodeFiles } from './files.ts';
import type { Java } from './java.ts';
import { LAST_PORT } from './port.ts';
import { OPENSEARCH_VERSION } from './release.ts';
import { runnerArguments, writeSettings } from './settings.ts';

/** The first Java that makes such a cache in one step. */
const MIN_JAVA = 25;

export interface AotCache {
  readonly file: string;
  /** What the JVM printed while it made the file; it exists as soon as that was begun. */
  readonly log: string;
  /** The base folder of the node that is recorded. */
  readonly base: string;
}

/** The last words of a JVM that has made the whole file. */
const COMPLETE = 'AOTCache creation is complete';

/** Where the cache of a Java lies. */
export function aotCacheOf({ aot }: NodeFiles, { home, version }: Java): AotCache {
  const key = `${version}-${hash('sha256', home, 'hex').slice(0, 8)}`;
  return { file: join(aot, `${key}.aot`), log: join(aot, `${key}.log`), base: join(aot, key) };
}

/**
 * Arguments of `java` that use the cache; none while there is no complete one. A JVM ignores a cache that is damaged
 * (its checksums are verified) or does not fit its jars.
 */
export async function aotArguments(files: NodeFiles, java: Java): Promise<string[]> {
  const { file, log, base } = aotCacheOf(files, java);
  const printed = await readFile(log, 'utf8').catch(() => '');
  if (java.major < MIN_JAVA || !printed.includes(COMPLETE)) return [];
  await rm(base, { recursive: true, force: true });
  return [`-XX:AOTCache=${file}`, '-XX:+VerifySharedSpaces'];
}

/** Forgets all caches. */
export async function removeAotCaches({ aot }: Pick<NodeFiles, 'aot'>): Promise<void> {
  await rm(aot, { recursive: true, force: true });
}

/**
 * Begins to make the cache, in a process of its own with the lowest priority, unless that was done before. The process
 * is a node that cannot bind its HTTP address: it exits by itself once everything is loaded, and its JVM then writes the
 * cache. Never throws: a node starts without the cache too, only more slowly.
 */
export async function makeAotCache(files: NodeFiles, java: Java): Promise<void> {
  if (java.major < MIN_JAVA) return;
  const { file, log, base } = aotCacheOf(files, java);
  try {
    makePrivateFolder(files.aot);
    const claim = await open(log, 'wx', 0o600);
    try {
      writeSettings(base, OPENSEARCH_VERSION, `http.host: ${UNREACHABLE_ADDRESS}\n`);
      const words = runnerArguments({ jars: files.jars, base, port: LAST_PORT, memoryBytes: 0 });
      const child = spawn(join(java.home, 'bin', 'java'), [`-XX:AOTCacheOutput=${file}`, ...words], {
        cwd: base,
        detached: true,
        stdio: ['ignore', claim.fd, claim.fd],
        env: {},
      });
      child.once('error', () => {});
      child.unref();
      if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    } finally {
      await claim.close();
    }
  } catch {
    // It was begun before, or the cache folder cannot be written.
  }
}

/** Of a network that is reserved for documentation (RFC 5737), so no machine has it. */
const UNREACHABLE_ADDRESS = '192.0.2.1';
