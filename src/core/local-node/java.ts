// Finds a Java that is new enough for OpenSearch 3 among the places where JDKs usually lie.

import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../errors/app-error.ts';
import type { Environment } from '../directories.ts';
import { DOCKER_LINE, MIN_JAVA } from './release.ts';

export interface Java {
  /** The JDK's folder. */
  readonly home: string;
  readonly version: string;
  readonly major: number;
}

const run = promisify(execFile);

/** The feature release of a version string: 25 of "25.0.3", 8 of "1.8.0_402"; 0 when it cannot be read. */
export function majorOf(version: string): number {
  const [first = 0, second = 0] = version.split(/[._+-]/).map(Number);
  return (first === 1 ? second : first) || 0;
}

async function children(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort().map((name) => join(folder, name));
}

/** Folders that may be a JDK, the one a person named for OpenSearch first. */
export async function javaCandidates(env: Environment): Promise<string[]> {
  const onPath = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const home = env.HOME ?? '';
  const shared = await Promise.all(
    ['/usr/lib/jvm', '/usr/java', join(home, '.sdkman/candidates/java'), join(home, '.jdks')].map(children),
  );
  const apple = await Promise.all(
    ['/Library/Java/JavaVirtualMachines', join(home, 'Library/Java/JavaVirtualMachines')].map(children),
  );
  const brew = (await children('/opt/homebrew/opt')).filter((path) => path.includes('openjdk'));
  const named = [env.OPENSEARCH_JAVA_HOME, env.JAVA_HOME].filter((path) => path !== undefined && path !== '');
  return [
    ...(named as string[]),
    ...(await Promise.all(onPath.map(homeOfJavaIn))).filter((path) => path !== undefined),
    ...shared.flat(),
    ...apple.flat().map((path) => join(path, 'Contents/Home')),
    ...brew.map((path) => join(path, 'libexec/openjdk.jdk/Contents/Home')),
  ];
}

/** `java` on the path is usually a link to the `bin` of its JDK. */
async function homeOfJavaIn(folder: string): Promise<string | undefined> {
  const real = await realpath(join(folder, 'java')).catch(() => undefined);
  return real === undefined ? undefined : dirname(dirname(real));
}

/** The Java in a folder, from its `release` file, else from `java -version`; undefined when there is none. */
export async function javaAt(home: string): Promise<Java | undefined> {
  const release = await readFile(join(home, 'release'), 'utf8').catch(() => '');
  const version = /^JAVA_VERSION="([^"]+)"/m.exec(release)?.[1] ?? (await versionFromJava(home));
  return version === undefined ? undefined : { home, version, major: majorOf(version) };
}

async function versionFromJava(home: string): Promise<string | undefined> {
  try {
    const { stderr, stdout } = await run(join(home, 'bin', 'java'), ['-version'], { timeout: 10_000 });
    return /version "([^"]+)"/.exec(stderr + stdout)?.[1];
  } catch {
    return undefined;
  }
}

/**
 * The Java to run OpenSearch with: the one OPENSEARCH_JAVA_HOME names if it is new enough, else the newest found.
 * Throws AppError `java-missing` saying what was found instead.
 */
export async function findJava(env: Environment, candidates?: readonly string[]): Promise<Java> {
  const homes = [...new Set(candidates ?? (await javaCandidates(env)))];
  const found = (await Promise.all(homes.map(javaAt))).filter((java) => java !== undefined);
  const fitting = found.filter((java) => java.major >= MIN_JAVA);
  const named = fitting.find((java) => java.home === env.OPENSEARCH_JAVA_HOME);
  const [newest] = fitting.toSorted((a, b) => b.major - a.major);
  const chosen = named ?? newest;
  if (chosen !== undefined) return chosen;
  const [best] = found.toSorted((a, b) => b.major - a.major);
  const words =
    best === undefined ? 'no Java was found' : `the newest found is ${best.version} in ${best.home}`;
  throw new AppError('java-missing', { found: words, docker: DOCKER_LINE });
}
