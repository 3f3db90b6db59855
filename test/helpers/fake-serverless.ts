// A server that answers as Amazon OpenSearch Serverless does: only some requests, each of which must be signed. What it
// knows is answered by the real node.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, listen } from './proxy.ts';
import { signatureOf } from './sigv4.ts';

export const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAFAKE', AWS_SECRET_ACCESS_KEY: 'sssh/Fake+Secret' };
export const REGION = 'eu-central-1';

/** The requests of the service's documentation that this tool may make. */
const KNOWN = [
  /^(GET|HEAD|PUT|DELETE) \/[\w-]+$/,
  /^GET \/[\w-]+\/_(mapping|settings)$/,
  /^PUT \/[\w-]+\/_(mapping|settings)$/,
  /^POST \/[\w-]+\/_bulk$/,
  /^(GET|POST) \/[\w-]+\/_(search|count)$/,
];

export interface FakeServerless {
  readonly url: string;
  /** Requests that the service does not know, and requests whose signature is wrong. */
  readonly unknown: readonly string[];
  readonly unsigned: readonly string[];
  close(): Promise<void>;
}

/** Why a request is not signed as it must be, or undefined. */
function wrongSignature(request: IncomingMessage, body: Buffer): string | undefined {
  const { authorization = '', 'x-amz-date': date, 'x-amz-content-sha256': hash } = request.headers;
  const [, key, day, region, service, names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/(\w+)\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  if (key !== KEYS.AWS_ACCESS_KEY_ID || region !== REGION || service !== 'aoss')
    return 'not for this service';
  if (typeof date !== 'string' || !date.startsWith(day ?? '-')) return 'no date';
  if (hash !== createHash('sha256').update(body).digest('hex')) return 'the hash of the body is wrong';
  const signed = names.split(';');
  for (const name of ['host', 'x-amz-date', 'x-amz-content-sha256'])
    if (!signed.includes(name)) return `${name} is not signed`;
  const { method = '', url: path = '/' } = request;
  const headers = request.headers as Record<string, string>;
  const scope = { date, region, service };
  const expected = signatureOf({ method, path, headers, body }, signed, KEYS.AWS_SECRET_ACCESS_KEY, scope);
  return signature === expected ? undefined : 'the signature does not match';
}

export async function startFakeServerless(target: string): Promise<FakeServerless> {
  const unknown: string[] = [];
  const unsigned: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const what = `${request.method} ${request.url?.split('?')[0]}`;
    // The connection ladder asks once whether anybody is there, before any sign-in is sent.
    const knock = what === 'GET /' && request.headers.authorization === undefined;
    const wrong = wrongSignature(request, body);
    if (wrong !== undefined) {
      if (!knock) unsigned.push(`${what}: ${wrong}`);
      response.writeHead(403, { 'content-type': 'application/json' });
      return response.end('{"message":"The request signature does not match"}');
    }
    if (!KNOWN.some((pattern) => pattern.test(what)) || /[?&](refresh|timeout)=/.test(request.url ?? '')) {
      unknown.push(what);
      return response.writeHead(404).end();
    }
    const { 'content-type': type = 'application/json' } = request.headers;
    const init = { method: request.method ?? 'GET', headers: { 'content-type': type } };
    // fetch sends no body with GET; the node takes a search or a count as POST too.
    const method = init.method === 'GET' && body.length > 0 ? 'POST' : init.method;
    const sent = body.length > 0 ? { ...init, method, body: new Uint8Array(body) } : init;
    const answer = await fetch(`${target}${request.url}`, sent);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    return response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, unknown, unsigned, close: () => close(server) };
}
