// A reverse proxy in front of the real OpenSearch: with TLS, with a sign-in, and with faults on demand.

import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Certificate } from './certificates.ts';

/** What the proxy does with a request. */
export type Act =
  | 'pass'
  /** Closes the connection before OpenSearch hears of it. */
  | 'drop'
  /** OpenSearch does what was asked, but half of its answer is lost. */
  | 'cut-answer'
  /** Never answers. */
  | 'silence'
  /** OpenSearch is asked this instead. */
  | { readonly instead: string }
  | {
      readonly status: number;
      readonly body: string | Buffer;
      readonly contentType?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface Seen {
  readonly method: string;
  readonly path: string;
  /** From 1, among the requests whose path ends in `_bulk`; 0 for others. */
  readonly bulk: number;
  readonly bytes: number;
  /** The sign-in that came with it. */
  readonly authorization: string | undefined;
}

export interface ProxyOptions {
  readonly target: string;
  readonly certificate?: Certificate;
  /** The one pair that may pass. */
  readonly signIn?: { readonly user: string; readonly password: string };
  /** The one bearer token that may pass. */
  readonly token?: string;
  /** With a certificate: the authority (PEM) whose client certificates may pass, and no others. */
  readonly clientAuthority?: string;
  readonly act?: (seen: Seen) => Act | Promise<Act>;
}

export interface RunningProxy {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

const BUSY = { error: { type: 'circuit_breaking_exception', reason: '[parent] Data too large' } };

/** What an overloaded OpenSearch answers to a whole request. */
export const tooMany: Act = { status: 429, body: JSON.stringify({ ...BUSY, status: 429 }) };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function forward(
  address: string,
  request: IncomingMessage,
  body: Buffer,
): Promise<{ answer: IncomingMessage; text: Buffer }> {
  return new Promise((resolve, reject) => {
    const { method, headers } = request;
    // `connection` is about the connection to us, and the sign-in is for us alone.
    const { authorization: _, connection: __, ...passed } = headers;
    const upstream = httpRequest(address, { method, headers: passed }, (answer) => {
      bodyOf(answer).then((text) => resolve({ answer, text }), reject);
    });
    upstream.on('error', reject);
    upstream.end(body);
  });
}

/** Starts a proxy on a free loopback port. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { target, certificate, clientAuthority, signIn, token, act } = options;
  const seen: Seen[] = [];
  let bulks = 0;
  const basic = signIn && `Basic ${Buffer.from(`${signIn.user}:${signIn.password}`).toString('base64')}`;
  const expected = token === undefined ? basic : `Bearer ${token}`;

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', socket } = request;
    const { authorization } = request.headers;
    const path = url.split('?')[0] ?? '';
    const body = await bodyOf(request);
    const current = {
      method,
      path,
      bulk: path.endsWith('_bulk') ? ++bulks : 0,
      bytes: body.length,
      authorization,
    };
    seen.push(current);
    if (expected && request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic' }).end('Unauthorized');
      return;
    }
    const what = (await act?.(current)) ?? 'pass';
    if (what === 'silence') return;
    if (what === 'drop') return void socket.destroy();
    if (typeof what === 'object' && 'status' in what) {
      response
        .writeHead(what.status, { 'content-type': what.contentType ?? 'application/json', ...what.headers })
        .end(what.body);
      return;
    }
    const asked = typeof what === 'object' ? what.instead : url;
    const { answer, text } = await forward(target + asked, request, body);
    response.writeHead(answer.statusCode ?? 502, {
      'content-type': answer.headers['content-type'] ?? '',
      'content-length': text.length,
    });
    if (what === 'cut-answer') response.write(text.subarray(0, text.length / 2), () => socket.destroy());
    else response.end(text);
  };

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch(() => response.destroy());
  };
  const mutual = clientAuthority && { ca: clientAuthority, requestCert: true, rejectUnauthorized: true };
  const server = certificate
    ? createTlsServer({ ...certificate, ...mutual }, listener)
    : createServer(listener);
  const port = await listen(server);
  return {
    url: `${certificate ? 'https' : 'http'}://localhost:${port}`,
    seen,
    close: () => close(server),
  };
}

/** Listens on a free loopback port and returns it; connections are remembered, so that close can end them. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  open.set(server, sockets);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const open = new WeakMap<Server, Set<Socket>>();

/** Closes a server and the connections it still has. */
export async function close(server: Server): Promise<void> {
  for (const socket of open.get(server) ?? []) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}
