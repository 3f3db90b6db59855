// The HTTP proxy that the environment names, and a tunnel through it.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { AppError } from '../../errors/app-error.ts';
import { within } from '../async/within.ts';
import type { Environment } from '../directories.ts';
import { addressOf, isLoopback } from './address.ts';
import { codeOf } from './connection-errors.ts';
import { type Connection, PROBE_TIMEOUT_MS } from './types.ts';

/** Where a tunnel leads. */
export interface TunnelEnd {
  readonly host: string;
  readonly port: number;
}

/** True when an entry of NO_PROXY means this host: itself, its domain (with or without a leading dot), or `*`. */
function isExcepted(entry: string, { host, port }: TunnelEnd): boolean {
  if (entry === '*') return true;
  const [, name = '', only = ''] =
    /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  if (only !== '' && Number(only) !== port) return false;
  const domain = name.replace(/^\*?\./, '').toLowerCase();
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

/**
 * The proxy for a cluster, or undefined for none: https_proxy or http_proxy by the address's scheme, else all_proxy, in
 * small or capital letters; never for this machine itself, nor for what no_proxy lists. Throws AppError `proxy-failed`
 * when it is no http address.
 */
export function proxyFor(connection: Pick<Connection, 'url'>, environment: Environment): URL | undefined {
  const { host, port, secure, address } = addressOf(connection);
  const named = (name: string) => environment[name] || environment[name.toUpperCase()] || '';
  const text = named(secure ? 'https_proxy' : 'http_proxy') || named('all_proxy');
  const exceptions = named('no_proxy').split(/[\s,]+/);
  const end = { host: host.toLowerCase(), port };
  if (text === '' || isLoopback(end.host) || exceptions.some((entry) => isExcepted(entry, end)))
    return undefined;
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  // What the variable holds is not repeated: it may have a password in it.
  throw new AppError('proxy-failed', {
    proxy: 'of the environment',
    address,
    host,
    reason: 'it is no http address',
  });
}

/** A proxy as it may be shown: without its user and password. */
export const proxyName = ({ hostname, port, protocol }: URL) =>
  `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;

function reasonOf(error: unknown, timeoutMs: number): string {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'nothing is listening there';
  if (code === 'ENOTFOUND') return 'its name is not known';
  if (code === 'TIMEOUT') return `it does not answer within ${timeoutMs / 1000} s`;
  return code || 'it closed the connection';
}

/** Asks the proxy once; resolves to the status it answers and the connection. */
function ask(
  proxy: URL,
  { host, port }: TunnelEnd,
  signal: AbortSignal,
): Promise<{ status: number; socket: Socket }> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const { username, password } = proxy;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const sign =
    username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
  const options = {
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    path: authority,
    headers: { host: authority, ...sign },
    agent: false,
    signal,
  } as const;
  return new Promise((resolve, reject) => {
    const request = proxy.protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
    request.on('error', reject);
    request.on('connect', ({ statusCode = 0 }, socket: Socket) => resolve({ status: statusCode, socket }));
    // A proxy that has not understood CONNECT answers like any server.
    request.on('response', ({ statusCode = 0, socket }) => resolve({ status: statusCode, socket }));
    request.end();
  });
}

export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  /** @default 10000 */
  readonly timeoutMs?: number | undefined;
}

/** A connection to the host through the proxy. Throws AppError `proxy-failed`, or the signal's reason. */
export async function openTunnel(
  proxy: URL,
  end: TunnelEnd,
  { signal, timeoutMs = PROBE_TIMEOUT_MS }: Waiting = {},
): Promise<Socket> {
  const failed = (reason: string) =>
    new AppError('proxy-failed', {
      proxy: proxyName(proxy),
      address: `${end.host}:${end.port}`,
      host: end.host,
      reason,
    });
  const asked = within(timeoutMs, (stop) => ask(proxy, end, stop), signal);
  const { status, socket } = await asked.catch((error: unknown) => {
    signal?.throwIfAborted();
    throw failed(reasonOf(error, timeoutMs));
  });
  if (status === 200) return socket;
  socket.destroy();
  throw failed(
    status === 407 ? 'it asks for a user name and a password (HTTP 407)' : `it answers HTTP ${status}`,
  );
}
