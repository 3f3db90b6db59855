// The JVM's ahead-of-time cache of the node's classes (JEP 483, 514, 515): with it a node starts in about half the time.
// Where it lies, how a start uses it, and when it is dropped; aot-recording.ts makes it.

import { hash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeFiles } from './files.ts';
import type { Java } from './java.ts';

/** The first Java that makes such a cache in one step. */
export const MIN_JAVA = 25;

export interface AotCache {
  readonly file: string;
  /** What the JVM printed while it made the file; it exists as soon as that was begun. */
  readonly log: string;
  /** Holds the number of the process that makes the file. */
  readonly pid: string;
  /** The base folder of the node that is recorded. */
  readonly base: string;
}

/** The last words of a JVM that has made the whole file. */
const COMPLETE = 'AOTCache creation is complete';

/** What a JVM prints when it starts without the cache it was given, as it is damaged or a jar has changed since. */
const REJECTED = ['Unable to map shared spaces', 'An error has occurred while processing the AOT cache'];

/** Where the cache of a Java lies. */
export function aotCacheOf({ aot }: NodeFiles, { home, version }: Java): AotCache {
  const key = `${version}-${hash('sha256', home, 'hex').slice(0, 8)}`;
  const path = join(aot, key);
  return { file: `${path}.aot`, log: `${path}.log`, pid: `${path}.pid`, base: path };
}

/** True when the JVM has made the whole cache. */
export async function isComplete({ log }: AotCache): Promise<boolean> {
  const printed = await readFile(log, 'utf8').catch(() => '');
  return printed.includes(COMPLETE);
}

/**
 * Arguments of `java` that use the cache; none while there is no complete one. A JVM ignores a cache that is damaged
 * (its checksums are verified) or does not fit its jars.
 */
export async function aotArguments(files: NodeFiles, java: Java): Promise<string[]> {
  const cache = aotCacheOf(files, java);
  if (java.major < MIN_JAVA || !(await isComplete(cache))) return [];
  for (const path of [cache.base, cache.pid]) await rm(path, { recursive: true, force: true });
  return [`-XX:AOTCache=${cache.file}`, '-XX:+VerifySharedSpaces'];
}

/** True when the log of the node says that its JVM started without the cache it was given. */
export async function cacheWasRejected(files: Pick<NodeFiles, 'log'>): Promise<boolean> {
  const printed = await readFile(files.log, 'utf8').catch(() => '');
  return REJECTED.some((words) => printed.includes(words));
}

/** Drops the cache of a Java, or what there is of it, so that the next stop makes a new one. */
export async function removeAotCache(files: NodeFiles, java: Java): Promise<void> {
  const { file, log, pid, base } = aotCacheOf(files, java);
  // The log goes before the file, since a start uses the file while the log calls it complete.
  for (const path of [base, pid, `${file}.config`, log, file])
    await rm(path, { recursive: true, force: true });
}
