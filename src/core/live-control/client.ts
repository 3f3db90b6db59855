// Asks a run that is live: finds its channel, says one line, reads one line.
import { createConnection } from 'node:net';
import { AppError } from '../../errors/app-error.ts';
import type { Directories } from '../directories.ts';
import { readLine } from './line.ts';
import { isOwnSocket, type LiveNote, listNotes } from './note.ts';
import { type ControlReply, type ControlRequest, REPLY_BYTES, readReply } from './protocol.ts';

/** A start is answered once the incident has begun. */
const REPLY_MS = 15_000;

/** The reply of the process that holds this channel; undefined when none does, or it is not one of ours. */
export async function ask(
  { socket: path }: Pick<LiveNote, 'socket'>,
  request: ControlRequest,
): Promise<ControlReply | undefined> {
  if (!isOwnSocket(path)) return undefined;
  const socket = createConnection(path);
  socket.on('error', () => {});
  try {
    socket.write(`${JSON.stringify(request)}\n`);
    return readReply(await readLine(socket, { bytes: REPLY_BYTES, ms: REPLY_MS }));
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

/**
 * Asks the run that is live. Throws AppError `live-not-running` when none is, and `live-several` when more than one is and
 * none was named.
 * @param index of the one that is meant; left out, the only one.
 */
export async function askLive(
  directories: Directories,
  request: ControlRequest,
  index?: string,
): Promise<ControlReply> {
  const wanted = listNotes(directories).filter((note) => index === undefined || note.index === index);
  const states = await Promise.all(
    wanted.map(async (note) => ({ note, reply: await ask(note, { action: 'status' }) })),
  );
  const [first, ...others] = states.filter(({ reply }) => reply !== undefined);
  if (!first?.reply) throw new AppError('live-not-running', { index });
  if (others.length > 0) {
    const indexes = [first, ...others].map(({ note }) => note.index).join(', ');
    throw new AppError('live-several', { indexes });
  }
  if (request.action === 'status') return first.reply;
  const reply = await ask(first.note, request);
  if (!reply) throw new AppError('live-not-running', { index });
  return reply;
}
