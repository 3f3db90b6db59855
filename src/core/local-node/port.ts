// The port of the local node: that of the last time, else the first free one.

import { connect } from 'node:net';
import getPort, { clearLockedPorts, portNumbers } from 'get-port';
import { AppError } from '../../errors/app-error.ts';
import { DOCKER_LINE } from './release.ts';

/** The runner takes no port above this. */
export const LAST_PORT = 9299;

/** True when another program listens on the port, on any address of this machine. */
export async function isTaken(port: number): Promise<boolean> {
  // Where a container runtime forwards a port, it may still be bound: so both are tried.
  return (await answers(port)) || (await getFree([port])) !== port;
}

async function answers(port: number): Promise<boolean> {
  const found = await Promise.all(['127.0.0.1', '::1'].map((host) => answersOn(host, port)));
  return found.includes(true);
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

/** The first of these ports that can be bound on every address, else a random one. */
function getFree(port: Iterable<number>): Promise<number> {
  // get-port treats a port that it returned in the last half minute as taken.
  clearLockedPorts();
  return getPort({ port });
}

export interface PortChoice {
  /** The port of the last time. */
  readonly preferred?: number | undefined;
  readonly first: number;
  /** @default 9299 */
  readonly last?: number;
}

/** The preferred port if it is free, else the first free one. Throws AppError `node-failed` when all are taken. */
export async function freePort({ preferred, first, last = LAST_PORT }: PortChoice): Promise<number> {
  if (preferred !== undefined && preferred <= last && !(await isTaken(preferred))) return preferred;
  for (let from = first; from <= last; ) {
    const port = await getFree(portNumbers(from, last));
    if (port < from || port > last) break;
    if (!(await answers(port))) return port;
    from = port + 1;
  }
  throw new AppError('node-failed', {
    reason: `every port from ${first} to ${last} is in use`,
    log: '(it was not started)',
    docker: DOCKER_LINE,
  });
}
