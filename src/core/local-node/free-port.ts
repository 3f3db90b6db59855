// Looks for a port that nobody listens on.

import { connect, createServer } from 'node:net';
import { AppError } from '../../errors/app-error.ts';
import { DOCKER_LINE } from './release.ts';

/** The runner takes no port above this. */
export const LAST_PORT = 9299;

/** True when something answers on a loopback address, v4 or v6, or the port cannot be bound. */
export async function isTaken(port: number): Promise<boolean> {
  const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => answersOn(host, port)));
  return answers.includes(true) || !(await canBind(port));
}

function answersOn(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve(true)));
  });
}

/** The first free port from `first` on. Throws AppError `node-failed` when all up to LAST_PORT are taken. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port <= LAST_PORT; port++) {
    if (!(await isTaken(port))) return port;
  }
  throw new AppError('node-failed', {
    reason: `every port from ${first} to ${LAST_PORT} is taken`,
    log: '(it was not started)',
    docker: DOCKER_LINE,
  });
}
