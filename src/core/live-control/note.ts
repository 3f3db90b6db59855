// Where the control channel of a run that is live is found: a note in the run's own folder.
import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { platform, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Directories } from '../directories.ts';
import { makePrivateFolder } from '../files/folder.ts';
import { entries, readJson, writeJson } from '../files/json-file.ts';
import { folderProblem } from '../files/trust.ts';
import { runFolder } from '../history/runs.ts';
import { object, text } from '../schema/fields.ts';
import { schemaProblem } from '../schema/problem.ts';

const NOTE = 'live.json';
const SOCKET = 'live.sock';

/** What the name of a socket may have at most, less than macOS and Linux allow (104 and 108 bytes). */
const PATH_BYTES = 100;

export interface LiveNote {
  readonly id: string;
  readonly index: string;
  readonly url: string;
  /** Path of the socket, or the name of the pipe. */
  readonly socket: string;
}

const note = object({
  id: text({ pattern: /^[\w-]{1,100}$/ }),
  index: text(),
  url: text(),
  socket: v.string(),
});

const isPipe = (path: string) => path.startsWith('\\\\.\\pipe\\');

/**
 * The place of a socket for this run: in its folder, or where that path is too long for one in a new private folder. Throws
 * what the file system throws, and an error that says so when others could write to the folder.
 */
export function placeOfSocket(directories: Directories, id: string): string {
  if (platform() === 'win32') return `\\\\.\\pipe\\incident-demo-${id}`;
  const folder = runFolder(directories, id);
  makePrivateFolder(folder);
  const path = join(folder, SOCKET);
  if (Buffer.byteLength(path) <= PATH_BYTES) return path;
  const elsewhere = join(tmpdir(), 'incident-demo-live-');
  if (Buffer.byteLength(join(`${elsewhere}XXXXXX`, SOCKET)) > PATH_BYTES)
    throw new Error('its path is too long for a socket, and so is that of TMPDIR');
  return join(mkdtempSync(elsewhere), SOCKET);
}

/** Writes the note. Throws AppError `state-unwritable`. */
export function writeNote(directories: Directories, written: LiveNote): void {
  writeJson(runFolder(directories, written.id), NOTE, written);
}

/** Removes note and socket. */
export function removeNote(directories: Directories, { id, socket }: LiveNote): void {
  const folder = runFolder(directories, id);
  rmSync(join(folder, NOTE), { force: true });
  if (isPipe(socket)) return;
  rmSync(socket, { force: true });
  if (dirname(socket) !== folder) rmSync(dirname(socket), { recursive: true, force: true });
}

/** The note of a run; undefined when there is none, or it is none of ours. */
export function readNote(directories: Directories, id: string): LiveNote | undefined {
  const value = readJson(runFolder(directories, id), NOTE);
  return schemaProblem(note, value) === undefined ? (value as LiveNote) : undefined;
}

/** The notes of all runs, the oldest first; one may be left of a process that was killed. */
export function listNotes(directories: Directories): readonly LiveNote[] {
  return entries(join(directories.state, 'runs'))
    .sort()
    .flatMap((id) => readNote(directories, id) ?? []);
}

/** True for a socket that this user made, in a folder that no one else can write. */
export function isOwnSocket(path: string): boolean {
  if (isPipe(path)) return true;
  try {
    const stats = lstatSync(path);
    return stats.isSocket() && stats.uid === userInfo().uid && folderProblem(dirname(path)) === undefined;
  } catch {
    return false;
  }
}
