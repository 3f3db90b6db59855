// The control channel of a run that is live: a socket that only this user can reach, and that trusts no one all the same.
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { AppError } from '../../errors/app-error.ts';
import { plainWords } from '../../text/plain-text.ts';
import type { Directories } from '../directories.ts';
import { fileErrorReason } from '../files/reason.ts';
import { runFolder } from '../history/runs.ts';
import { ask } from './client.ts';
import { readLine } from './line.ts';
import { type LiveNote, placeOfSocket, readNote, removeNote, writeNote } from './note.ts';
import { type ControlReply, type ControlRequest, REQUEST_BYTES, readRequest } from './protocol.ts';

/** A request is one short line of a program that is there already. */
const REQUEST_MS = 2000;
/** Others wait until one of these has its answer. */
const CONNECTIONS = 8;

const PRIVATE_FILE = 0o600;

export type Answer = (request: ControlRequest) => Promise<ControlReply>;

export interface ControlServer {
  readonly note: LiveNote;
  /** Ends it and removes what it left. */
  readonly close: () => Promise<void>;
}

async function serve(socket: Socket, answer: Answer): Promise<void> {
  // Whoever leaves early gets no answer.
  socket.on('error', () => {});
  const line = await readLine(socket, { bytes: REQUEST_BYTES, ms: REQUEST_MS });
  const request = readRequest(line);
  const reply: ControlReply =
    typeof request === 'string' ? { ok: false, error: plainWords(request) } : await answer(request);
  socket.end(`${JSON.stringify(reply)}\n`);
}

async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
}

/** Throws AppError `live-running` when another process answers for this run. */
async function assertAlone(directories: Directories, id: string): Promise<void> {
  const left = readNote(directories, id);
  if (!left) return;
  const reply = await ask(left, { action: 'status' });
  if (reply !== undefined) throw new AppError('live-running', { id, index: left.index });
  removeNote(directories, left);
}

/**
 * Opens the channel of a run. Throws AppError `live-running` when another process is live on it, and `state-unwritable`
 * when the socket cannot be made.
 */
export async function openControl(
  directories: Directories,
  run: Pick<LiveNote, 'id' | 'index' | 'url'>,
  answer: Answer,
): Promise<ControlServer> {
  await assertAlone(directories, run.id);
  const server = createServer((socket) => {
    serve(socket, answer).catch(() => socket.destroy());
  });
  server.maxConnections = CONNECTIONS;
  let note: LiveNote | undefined;
  try {
    const socket = placeOfSocket(directories, run.id);
    const opened = { ...run, socket };
    note = opened;
    rmSync(socket, { force: true });
    await listen(server, socket);
    if (!socket.startsWith('\\')) chmodSync(socket, PRIVATE_FILE);
    writeNote(directories, note);
    // It does not keep the process alive.
    server.unref();
    return { note, close: () => closed(server, directories, opened) };
  } catch (error) {
    server.close();
    if (note) removeNote(directories, note);
    if (error instanceof AppError) throw error;
    const folder = runFolder(directories, run.id);
    throw new AppError('state-unwritable', { folder, reason: fileErrorReason(error) }, { cause: error });
  }
}

async function closed(server: Server, directories: Directories, note: LiveNote): Promise<void> {
  removeNote(directories, note);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
