// One HTTP exchange on a connection of its own, with Node's own error codes, for finding out what is at an address.

import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { within } from '../async/within.ts';
import { addressOf } from './address.ts';
import { type Forwarding, forwarding, openTunnel, throughProxy } from './http-proxy.ts';
import { PROBE_TIMEOUT_MS } from './types.ts';

/** The most that is read of an answer: enough for the start page of any product. */
const MAX_ANSWER_BYTES = 256 * 1024;

export interface Exchange {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Options of node:tls, for https. */
  readonly tls?: Pick<RequestOptions, 'ca' | 'rejectUnauthorized' | 'checkServerIdentity'>;
  readonly signal?: AbortSignal | undefined;
  /** @default 10000 */
  readonly timeoutMs?: number | undefined;
  /** The proxy in between, if any; for plain http only. */
  readonly via?: URL | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/**
 * Sends one request. Rejects with Node's error (its `code` says what happened); when the time is up with the code
 * `TIMEOUT`, after an abort with the signal's reason.
 */
export async function exchange(request: Exchange): Promise<Answer> {
  const { url, signal, timeoutMs = PROBE_TIMEOUT_MS, via } = request;
  const forwarded = forwarding(via, url);
  if (via && forwarded) {
    const asked = within(timeoutMs, (stop) => forwardedAnswer(request, forwarded, stop), signal);
    return throughProxy(via, addressOf({ url }), { asked, signal, timeoutMs });
  }
  const tunnel = via ? await openTunnel(via, addressOf({ url }), { signal, timeoutMs }) : undefined;
  try {
    return await within(timeoutMs, (stop) => answerTo(request, tunnel, stop), signal);
  } finally {
    tunnel?.destroy();
  }
}

function answerTo(
  { url, method = 'GET', headers, tls }: Exchange,
  tunnel: Socket | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const options = {
    method,
    headers: { accept: 'application/json', ...headers },
    agent: false,
    signal,
    // Node uses a given connection only where there is no agent at all.
    ...(tunnel ? { agent: undefined, createConnection: () => tunnel } : {}),
  };
  return sent(
    url.startsWith('https:') ? httpsRequest(url, { ...options, ...tls }) : httpRequest(url, options),
  );
}

/** The same for a request that the proxy sends on. */
function forwardedAnswer(
  { url, method = 'GET', headers }: Exchange,
  { hostname, port, origin, headers: toProxy }: Forwarding,
  signal: AbortSignal,
): Promise<Answer> {
  const { pathname, search } = new URL(url);
  const options = {
    hostname,
    port,
    method,
    path: `${origin}${pathname}${search}`,
    headers: { accept: 'application/json', ...headers, ...toProxy },
    agent: false,
    signal,
  };
  return sent(httpRequest(options));
}

function sent(request: ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => readAnswer(response).then(resolve, reject));
    request.end();
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) break;
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The answer's body as JSON object, or undefined when it is not one. */
export function jsonOf(answer: Answer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(answer.text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
