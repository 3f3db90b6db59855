// Where the local node keeps its things, and the note about the process that runs.

import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import type { Directories } from '../directories.ts';
import { writeAtomically } from '../files/atomic-file.ts';
import { makePrivateFolder } from '../files/folder.ts';
import { fileErrorReason } from '../files/reason.ts';
import type { Java } from './java.ts';
import { DOCKER_LINE, RUNNER_VERSION, SECURITY_VERSION } from './release.ts';

/** `plain` answers everyone on this machine over http; `secure` has the security plugin: https and a sign-in. */
export type NodeKind = 'plain' | 'secure';

/** The note about the node that was started last. */
export interface NodeNote {
  readonly pid: number;
  readonly port: number;
  /** The Java that runs it. */
  readonly java?: Java | undefined;
}

export interface NodeFiles {
  readonly kind: NodeKind;
  /** Holds the jars; each is renamed into place when its checksum is right. */
  readonly jars: string;
  /** Holds those of the security plugin. */
  readonly securityJars: string;
  /** Holds what JVMs keep between starts. */
  readonly aot: string;
  readonly home: string;
  readonly note: string;
  /** The port of the last start, kept when the node has stopped. */
  readonly port: string;
  readonly lock: string;
  readonly log: string;
  /** Given to OpenSearch as its base: configuration, data and its own logs. */
  readonly base: string;
  /** The configuration in it. */
  readonly config: string;
  /** The certificate of a secured node, in PEM. */
  readonly certificate: string;
  /** Exists once a secured node was ready for the first time: its password is the one that was shown then. */
  readonly made: string;
}

const NOTE = 'node.json';
const PORT = 'port';
const PRIVATE_FILE = 0o600;

/** Ports that need no special right. */
const MIN_PORT = 1024;
const MAX_PORT = 65_535;

/** Where a node of this kind keeps its things: each kind has data, a port and a note of its own. */
export function nodeFiles(
  { cache, state }: Pick<Directories, 'cache' | 'state'>,
  kind: NodeKind = 'plain',
): NodeFiles {
  // The node runs in another folder, so its paths must not depend on where we are.
  const home = resolve(state, kind === 'plain' ? 'node' : 'node-secure');
  const base = join(home, 'opensearch');
  const config = join(base, 'node_1', 'config');
  return {
    kind,
    securityJars: resolve(cache, `opensearch-security-${SECURITY_VERSION}`, 'lib'),
    jars: resolve(cache, `opensearch-${RUNNER_VERSION}`, 'lib'),
    aot: resolve(cache, `opensearch-${RUNNER_VERSION}`, 'aot'),
    home,
    note: join(home, NOTE),
    port: join(home, PORT),
    lock: join(home, 'lock'),
    log: join(home, 'opensearch.log'),
    base,
    config,
    certificate: join(config, 'node.pem'),
    made: join(home, 'made'),
  };
}

/** Makes a folder that only this user can look into. Throws AppError `node-failed` when that is not possible. */
export function privateFolder(path: string): void {
  try {
    makePrivateFolder(path);
  } catch (error) {
    const reason = `the folder ${path} cannot be used: ${fileErrorReason(error)}`;
    throw new AppError(
      'node-failed',
      { reason, log: '(it was not started)', docker: DOCKER_LINE, folder: path },
      { cause: error },
    );
  }
}

/** The note, or undefined when there is none or it is damaged. */
export async function readNote(files: NodeFiles): Promise<NodeNote | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(files.note, 'utf8'));
    if (typeof note !== 'object' || note === null) return undefined;
    const { pid, port, java } = note as Partial<Record<string, unknown>>;
    // A signal to 0 or below would reach a whole group of processes, ours among them.
    if (!Number.isSafeInteger(pid) || Number(pid) < 2 || !Number.isSafeInteger(port)) return undefined;
    return { pid: Number(pid), port: Number(port), ...(isJava(java) ? { java } : {}) };
  } catch {
    return undefined;
  }
}

function isJava(java: unknown): java is Java {
  if (typeof java !== 'object' || java === null) return false;
  const { home, version, major } = java as Partial<Record<string, unknown>>;
  return typeof home === 'string' && typeof version === 'string' && typeof major === 'number';
}

/** Writes the note, all of it or nothing, and its port for the next start. */
export function writeNote({ home }: NodeFiles, note: NodeNote): void {
  writeAtomically(home, NOTE, `${JSON.stringify(note)}\n`, PRIVATE_FILE);
  writeAtomically(home, PORT, `${note.port}\n`, PRIVATE_FILE);
}

/** The port of the last start, or undefined when there is none or the file is damaged. */
export async function lastPort(files: NodeFiles): Promise<number | undefined> {
  const port = Number(await readFile(files.port, 'utf8').catch(() => ''));
  return Number.isInteger(port) && port >= MIN_PORT && port <= MAX_PORT ? port : undefined;
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
