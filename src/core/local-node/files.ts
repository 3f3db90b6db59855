// Where the local node keeps its things, and the note about the process that runs.

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import type { Directories } from '../directories.ts';
import { DOCKER_LINE, RUNNER_VERSION } from './release.ts';

/** The note about the node that was started last. */
export interface NodeNote {
  readonly pid: number;
  readonly port: number;
}

export interface NodeFiles {
  /** Holds every jar, or does not exist: it is renamed into place when complete. */
  readonly jars: string;
  readonly home: string;
  readonly note: string;
  readonly lock: string;
  readonly log: string;
  /** Given to OpenSearch as its base: configuration, data and its own logs. */
  readonly base: string;
}

export function nodeFiles({ cache, state }: Pick<Directories, 'cache' | 'state'>): NodeFiles {
  // The node runs in another folder, so its paths must not depend on where we are.
  const home = resolve(state, 'node');
  return {
    jars: resolve(cache, `opensearch-${RUNNER_VERSION}`, 'lib'),
    home,
    note: join(home, 'node.json'),
    lock: join(home, 'lock'),
    log: join(home, 'opensearch.log'),
    base: join(home, 'opensearch'),
  };
}

/** Creates a folder that only this user can look into. Throws AppError `node-failed` when that cannot be. */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    const reason = `the folder ${path} cannot be made (${error.code ?? error.message})`;
    throw new AppError('node-failed', { reason, log: '(it was not started)', docker: DOCKER_LINE });
  });
}

/** The note, or undefined when there is none or it is damaged. */
export async function readNote(files: NodeFiles): Promise<NodeNote | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(files.note, 'utf8'));
    if (typeof note !== 'object' || note === null) return undefined;
    const { pid, port } = note as Partial<Record<string, unknown>>;
    // A signal to 0 or below would reach a whole group of processes, ours among them.
    if (!Number.isSafeInteger(pid) || Number(pid) < 2 || !Number.isSafeInteger(port)) return undefined;
    return { pid: Number(pid), port: Number(port) };
  } catch {
    return undefined;
  }
}

/** Writes the note whole or not at all. */
export async function writeNote(files: NodeFiles, note: NodeNote): Promise<void> {
  const draft = `${files.note}.${note.pid}`;
  await writeFile(draft, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  await rename(draft, files.note);
}

export async function removeNote(files: NodeFiles): Promise<void> {
  await rm(files.note, { force: true });
}

/** The last lines of the node's log, for an error that must say why. */
export async function logTail(files: NodeFiles, lines: number): Promise<string> {
  const text = await readFile(files.log, 'utf8').catch(() => '');
  const kept = text
    .split('\n')
    .map((line) => line.replace(/[\u0000-\u001f\u007f]/g, ' ').trimEnd())
    .filter((line) => line !== '');
  return kept.slice(-lines).join('\n') || '(the log is empty)';
}
