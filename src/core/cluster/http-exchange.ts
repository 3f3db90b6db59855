// One HTTP exchange on a connection of its own, with Node's own error codes, for finding out what is at an address.

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { addressOf } from './address.ts';
import { openTunnel } from './http-proxy.ts';

/** No single step of finding out waits longer than this. */
export const PROBE_TIMEOUT_MS = 10_000;

/** More of an answer is not read: enough for the start page of any product. */
const MAX_ANSWER_BYTES = 256 * 1024;

export interface Exchange {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Options of node:tls, for https. */
  readonly tls?: Pick<RequestOptions, 'ca' | 'rejectUnauthorized' | 'checkServerIdentity'>;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** The proxy on the way, if any; for plain http only. */
  readonly via?: URL | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/**
 * Asks once. Rejects with Node's error (its `code` tells what happened); a time-out has the code `TIMEOUT`,
 * an abort rejects with the signal's reason.
 */
export async function exchange({
  url,
  method = 'GET',
  headers,
  tls,
  signal,
  timeoutMs,
  via,
}: Exchange): Promise<Answer> {
  const limit = AbortSignal.timeout(timeoutMs ?? PROBE_TIMEOUT_MS);
  const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  const secure = url.startsWith('https:');
  const tunnel = via ? await openTunnel(via, addressOf({ url }), both) : undefined;
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const options = {
        method,
        headers: { accept: 'application/json', ...headers },
        agent: false,
        signal: both,
        // Node uses a given connection only where there is no agent at all.
        ...(tunnel ? { agent: undefined, createConnection: () => tunnel } : {}),
      };
      const request = secure ? httpsRequest(url, { ...options, ...tls }) : httpRequest(url, options);
      request.on('error', reject);
      request.on('response', (response) => readAnswer(response).then(resolve, reject));
      request.end();
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (limit.aborted) throw Object.assign(new Error('no answer in time'), { code: 'TIMEOUT' });
    throw error;
  } finally {
    tunnel?.destroy();
  }
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
