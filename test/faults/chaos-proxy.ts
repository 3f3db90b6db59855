// A proxy in front of the real node that does to each request what a schedule says.
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificate } from '../helpers/certificates.ts';
import { close, listen } from '../helpers/proxy.ts';
import type { Fault, Schedule } from './schedule.ts';

export interface Chaos {
  readonly url: string;
  /** How often each fault was injected. */
  readonly injected: ReadonlyMap<Fault, number>;
  /** No faults until something is written again; resolves when the index is no longer blocked. */
  calm(): Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: Buffer;
}

/** A proxy may take requests up to this size only. */
const SMALL_BYTES = 12_000;
const BLOCK_MS = 400;
const JSON_TYPE = 'application/json';
const json = (status: number, value: object): Answer => ({
  status,
  type: JSON_TYPE,
  text: Buffer.from(JSON.stringify(value)),
});
const overloaded = (status: number) => ({
  type: 'rejected_execution_exception',
  reason: `rejected execution of coordinating operation (${status})`,
});

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function ask(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { connection: _, 'content-length': __, 'transfer-encoding': ___, ...passed } = headers;
    const sent = { ...passed, 'content-length': String(body.length) };
    const upstream = httpRequest(target + url, { method, headers: sent }, (answer) => {
      const { statusCode: status = 502, headers: told } = answer;
      bodyOf(answer).then((text) => resolve({ status, type: told['content-type'] ?? '', text }), reject);
    });
    upstream.on('error', reject);
    upstream.end(body);
  });
}

interface Items {
  errors: boolean;
  items: object[];
}

/** Refuses some documents of a bulk request for the moment, and passes the others on. */
async function refuseSome(
  target: string,
  request: IncomingMessage,
  body: Buffer,
  { status, random }: { status: number; random: () => number },
): Promise<Answer> {
  const lines = body.toString('utf8').trimEnd().split('\n');
  const pairs = Array.from(
    { length: lines.length / 2 },
    (_, at) => `${lines[2 * at]}\n${lines[2 * at + 1]}\n`,
  );
  const refused = pairs.map(() => random() < 0.5);
  const passed = pairs.filter((_, at) => !refused[at]);
  const answer = passed.length > 0 ? await ask(target, request, Buffer.from(passed.join(''))) : undefined;
  if (answer && answer.status !== 200) return answer;
  const { items: written, errors }: Items = answer
    ? JSON.parse(answer.text.toString())
    : { items: [], errors: false };
  const items = refused.map((no) =>
    no ? { create: { status, error: overloaded(status) } } : written.shift(),
  );
  return json(200, { errors: errors || refused.includes(true), items });
}

export interface ChaosOptions {
  readonly target: string;
  readonly schedule: Schedule;
  readonly index: string;
  /** Given, it speaks https with this certificate. */
  readonly tls?: Certificate | undefined;
}

/** Starts the proxy. Faults begin with the first request that writes: what comes before is the connection ladder. */
export async function startChaos({ target, schedule, index, tls }: ChaosOptions): Promise<Chaos> {
  const injected = new Map<Fault, number>();
  const blocks: Promise<unknown>[] = [];
  let writing = false;

  const block = async () => {
    const set = (value: boolean | null) =>
      fetch(`${target}/${index}/_settings`, {
        method: 'PUT',
        headers: { 'content-type': JSON_TYPE },
        body: JSON.stringify({ 'index.blocks.read_only_allow_delete': value }),
      });
    await set(true);
    blocks.push(sleep(BLOCK_MS).then(() => set(null)));
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    const bulk = (request.url ?? '').split('?')[0]?.endsWith('_bulk') ?? false;
    writing ||= request.method === 'PUT' || bulk;
    let fault = writing ? schedule.next(bulk) : undefined;
    if (fault === 'too-large' && body.length <= SMALL_BYTES) fault = undefined;
    if (fault) injected.set(fault, (injected.get(fault) ?? 0) + 1);
    // Node cannot reset below TLS; the end without a goodbye is what a client sees then.
    const reset = () => (tls ? request.socket.destroy() : request.socket.resetAndDestroy());
    const send = ({ status, type, text }: Answer) =>
      response.writeHead(status, { 'content-type': type, 'content-length': text.length }).end(text);
    const pass = () => ask(target, request, body);
    switch (fault) {
      case undefined:
        return send(await pass());
      case 'busy':
        return send(json(429, { error: overloaded(429), status: 429 }));
      case 'unavailable':
        return send(json(503, { error: { type: 'x', reason: 'no manager node' }, status: 503 }));
      case 'busy-items':
        return send(await refuseSome(target, request, body, { status: 429, random: schedule.random }));
      case 'unavailable-items':
        return send(await refuseSome(target, request, body, { status: 503, random: schedule.random }));
      case 'reset-before':
        return reset();
      case 'reset-after':
        await pass();
        return reset();
      case 'silence-before':
        return undefined;
      case 'silence-after':
        await pass();
        return undefined;
      case 'half-answer': {
        const { status, type, text } = await pass();
        response.writeHead(status, { 'content-type': type, 'content-length': text.length });
        return response.write(text.subarray(0, text.length / 2), reset);
      }
      case 'half-json': {
        const answer = await pass();
        return send({ ...answer, text: answer.text.subarray(0, answer.text.length / 2) });
      }
      case 'answer-for-fewer': {
        const answer = await pass();
        if (answer.status !== 200) return send(answer);
        const { items }: Items = JSON.parse(answer.text.toString());
        return send(json(200, { errors: true, items: items.slice(1) }));
      }
      case 'slow':
        await sleep(50 + 250 * schedule.random());
        return send(await pass());
      case 'trickle': {
        const { status, type, text } = await pass();
        response.writeHead(status, { 'content-type': type, 'content-length': text.length });
        const third = Math.ceil(text.length / 3);
        for (let at = 0; at < text.length; at += third) {
          response.write(text.subarray(at, at + third));
          await sleep(30);
        }
        return response.end();
      }
      case 'html-502':
        return send({ status: 502, type: 'text/html', text: Buffer.from('<h1>502 Bad Gateway</h1>') });
      case 'too-large':
        return send({ status: 413, type: 'text/html', text: Buffer.from('<h1>413 Too Large</h1>') });
      case 'blocked':
        await block();
        return send(await pass());
      case 'refresh':
        await fetch(`${target}/${index}/_refresh`, { method: 'POST' });
        return send(await pass());
    }
  };

  const calm = async () => {
    writing = false;
    await Promise.all(blocks);
  };
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch(() => response.destroy());
  };
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  server.on('clientError', (_, socket) => socket.destroy());
  const port = await listen(server);
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, injected, calm, close: () => close(server) };
}
