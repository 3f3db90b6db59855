// The HTTP proxy that the environment names: a tunnel through it, or a request that it forwards.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { AppError } from '../../errors/app-error.ts';
import { within } from '../async/within.ts';
import type { Environment } from '../directories.ts';
import { addressOf, isLoopback } from './address.ts';
import { codeOf } from './connection-errors.ts';
import { bypassesProxy } from './no-proxy.ts';
import { type Connection, PROBE_TIMEOUT_MS } from './types.ts';

/** Where a tunnel leads. */
export interface TunnelEnd {
  readonly host: string;
  readonly port: number;
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
  const end = { host: host.toLowerCase(), port };
  if (text === '' || isLoopback(end.host) || bypassesProxy(named('no_proxy'), end)) return undefined;
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

const authorityOf = ({ host, port }: TunnelEnd) => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/** The header that signs in to the proxy; none where its address has no user. */
function proxySignIn({ username, password }: URL): Readonly<Record<string, string>> {
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

const proxyEnd = ({ hostname, port, protocol }: URL) => ({
  hostname: hostname.replace(/^\[|\]$/g, ''),
  port: port || (protocol === 'https:' ? 443 : 80),
});

/**
 * How a request for plain http is handed to the proxy, whole: many proxies deny CONNECT to all ports but 443.
 * Undefined where a tunnel is needed: for https, and with a proxy that speaks https itself.
 */
export function forwarding(proxy: URL | undefined, url: string): Forwarding | undefined {
  if (proxy?.protocol !== 'http:' || !url.startsWith('http:')) return undefined;
  const authority = authorityOf(addressOf({ url }));
  return {
    ...proxyEnd(proxy),
    origin: `http://${authority}`,
    headers: { host: authority, ...proxySignIn(proxy) },
  };
}

/** The proxy as the end of a request, and what the request says to it. */
export interface Forwarding {
  readonly hostname: string;
  readonly port: string | number;
  /** Stands before the path. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Asks the proxy once; resolves to the status it answers and the connection. */
function ask(proxy: URL, end: TunnelEnd, signal: AbortSignal): Promise<{ status: number; socket: Socket }> {
  const authority = authorityOf(end);
  const options = {
    method: 'CONNECT',
    ...proxyEnd(proxy),
    path: authority,
    headers: { host: authority, ...proxySignIn(proxy) },
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

/** The error for a proxy that does not lead to the host. */
export const proxyFailed = (proxy: URL, end: TunnelEnd, reason: string): AppError =>
  new AppError('proxy-failed', {
    proxy: proxyName(proxy),
    address: `${end.host}:${end.port}`,
    host: end.host,
    reason,
  });

/** What a proxy means with a status of its own. */
export const refusedWith = (status: number): string =>
  status === 407 ? 'it asks for a user name and a password (HTTP 407)' : `it answers HTTP ${status}`;

/** Rejects as the request does; when the proxy cannot be reached, with AppError `proxy-failed` or the signal's reason. */
export async function throughProxy<T>(
  proxy: URL,
  end: TunnelEnd,
  { asked, signal, timeoutMs = PROBE_TIMEOUT_MS }: Waiting & { readonly asked: Promise<T> },
): Promise<T> {
  return asked.catch((error: unknown) => {
    signal?.throwIfAborted();
    throw proxyFailed(proxy, end, reasonOf(error, timeoutMs));
  });
}

/** A connection to the host through the proxy. Throws AppError `proxy-failed`, or the signal's reason. */
export async function openTunnel(
  proxy: URL,
  end: TunnelEnd,
  { signal, timeoutMs = PROBE_TIMEOUT_MS }: Waiting = {},
): Promise<Socket> {
  const asked = within(timeoutMs, (stop) => ask(proxy, end, stop), signal);
  const { status, socket } = await throughProxy(proxy, end, { asked, signal, timeoutMs });
  if (status === 200) return socket;
  socket.destroy();
  throw proxyFailed(proxy, end, refusedWith(status));
}
