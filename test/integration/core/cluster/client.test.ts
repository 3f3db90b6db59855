import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/client.ts';
import type { Connection } from '../../../../src/core/cluster/types.ts';
import type { Environment } from '../../../../src/core/directories.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { close, listen, startProxy } from '../../../helpers/proxy.ts';

const target = inject('openSearchUrl');
const PASSWORD = 'a-Secret-of-the-test-7';
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

async function open(connection: Connection, env: Environment = {}) {
  const cluster = await openCluster(connection, env);
  opened.push(cluster);
  return cluster;
}

async function server(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  opened.push({ close: () => close(listening) });
  return `http://127.0.0.1:${await listen(listening)}`;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Everything of an error that could end up on a screen or in a log. */
const everything = (error: unknown) =>
  JSON.stringify(error, (_, value: unknown) =>
    value instanceof Error
      ? { ...value, message: value.message, stack: value.stack, cause: value.cause }
      : value,
  );

test('a request gets its answer, parsed', async () => {
  const cluster = await open({ url: target });
  const { status, body } = await cluster.request({ method: 'GET', path: '/' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ version: { distribution: 'opensearch' } });
});

test('a status that was asked for is an answer, others are errors', async () => {
  const cluster = await open({ url: target });
  const request = { method: 'GET', path: '/no_such_index_here/_search' } as const;
  expect((await cluster.request({ ...request, accept: [404] })).status).toBe(404);
  expect((await cluster.request({ ...request, accept: 'any' })).status).toBe(404);
  expect(await failure(cluster.request(request))).toMatchObject({ code: 'index-missing' });
});

test('JSON that breaks off may be whole next time; anything else that is no JSON is not', async () => {
  const codeFor = async (body: string) => {
    const url = await server((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(body),
    );
    const { request } = await open({ url });
    const error = await failure(request({ method: 'GET', path: '/demo/_settings' }));
    return error instanceof AppError ? [error.code, error.transient] : error;
  };
  expect(await codeFor('{"demo":{"settings":{"index.crea')).toEqual(['answer-cut', 'soon']);
  expect(await codeFor('Sign in first')).toEqual(['answer-unreadable', undefined]);
  expect(await codeFor('{"a":'.repeat(100_000))).toEqual(['answer-unreadable', undefined]);
});

test('the time limit covers an answer that begins and never ends', async () => {
  const url = await server((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"half":');
  });
  const begin = performance.now();
  const error = await failure((await open({ url })).request({ method: 'GET', path: '/', timeoutMs: 300 }));
  expect(error).toMatchObject({ code: 'port-silent' });
  expect(performance.now() - begin).toBeLessThan(2000);
});

test('a signal ends a request at once, with its own reason', async () => {
  const url = await server(() => {});
  const cluster = await open({ url });
  const stop = new AbortController();
  setTimeout(() => stop.abort('SIGTERM'), 50);
  expect(await failure(cluster.request({ method: 'GET', path: '/', signal: stop.signal }))).toBe('SIGTERM');
  expect(
    await failure(cluster.request({ method: 'GET', path: '/', signal: AbortSignal.abort('before') })),
  ).toBe('before');
});

test('a password is in no error, whatever fails', async () => {
  const { url } = await startProxyOf({ user: 'anna', password: 'another' });
  const down = await server(() => {});
  await opened.pop()?.close();
  const silent = await server(() => {});
  const odd = await server((_, response) =>
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"broken'),
  );
  for (const address of [url, down, silent, odd]) {
    const cluster = await open({ url: address, username: 'anna', password: PASSWORD });
    const error = await failure(cluster.request({ method: 'GET', path: '/', timeoutMs: 300 }));
    expect(error).toBeInstanceOf(AppError);
    expect(everything(error)).not.toContain(PASSWORD);
    expect(everything(error)).not.toContain(Buffer.from(`anna:${PASSWORD}`).toString('base64'));
  }
});

async function startProxyOf(signIn: { user: string; password: string }) {
  const proxy = await startProxy({ target, signIn });
  opened.push(proxy);
  return proxy;
}

test('the right sign-in passes', async () => {
  const { url } = await startProxyOf({ user: 'anna', password: PASSWORD });
  const cluster = await open({ url, username: 'anna', password: PASSWORD });
  expect((await cluster.request({ method: 'GET', path: '/' })).status).toBe(200);
});

test('a server that answers before it has read everything writes nothing to our console', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const url = await server((request, response) => {
    response.writeHead(413, { 'content-type': 'text/plain' }).end('too large');
    setTimeout(() => request.socket.resetAndDestroy(), 20);
  });
  const cluster = await open({ url });
  const body = Buffer.alloc(50 * 1024 * 1024, 'x');
  await failure(cluster.request({ method: 'POST', path: '/x/_bulk', body, accept: [413] }));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});

test('a connection that was closed while idle is replaced without a word', async () => {
  const served = new WeakMap<Socket, number>();
  let requests = 0;
  const url = await server((request, response) => {
    const before = served.get(request.socket) ?? 0;
    served.set(request.socket, before + 1);
    if (before > 0) return void request.socket.destroy();
    requests++;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const cluster = await open({ url });
  await Promise.all([1, 2, 3].map(() => cluster.request({ method: 'GET', path: '/' })));
  expect((await cluster.request({ method: 'GET', path: '/' })).status).toBe(200);
  expect(requests).toBe(4);
  const again = cluster.request({ method: 'DELETE', path: '/x', retryable: false });
  expect(await failure(again)).toMatchObject({ code: 'connection-dropped' });
});

test('a Buffer goes out as it is, as NDJSON', async () => {
  let seen: { headers: IncomingHttpHeaders; bytes: Buffer } | undefined;
  const url = await server((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen = { headers: request.headers, bytes: Buffer.concat(chunks) };
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const body = Buffer.from('{"create":{"_id":"1"}}\n{"größe":"ß"}\n');
  await (await open({ url })).request({ method: 'POST', path: '/x/_bulk', body });
  expect(seen?.bytes.equals(body)).toBe(true);
  expect(seen?.headers).toMatchObject({
    'content-type': 'application/x-ndjson',
    'content-length': String(body.length),
  });
});

test.each(['données', '日本', 'a%b', 'a&b=c', 'a;b', "a'(b)^@!$~", '😀'])(
  'an index that is called %s is found by its name',
  async (name) => {
    const cluster = await open({ url: target });
    await cluster.request({ method: 'PUT', path: `/${name}`, body: {} });
    const { body } = await cluster.request({ method: 'GET', path: `/${name}` });
    expect(Object.keys(body as object)).toEqual([name]);
    await cluster.request({ method: 'DELETE', path: `/${name}` });
  },
);

test('with a region every request is signed with the AWS keys of the environment', async () => {
  let headers: IncomingHttpHeaders = {};
  const url = await server((request, response) => {
    headers = request.headers;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const connection = { url, awsRegion: 'eu-central-1', awsService: 'es' } as const;
  const env = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'sssh', AWS_SESSION_TOKEN: 'token' };
  await (await open(connection, env)).request({ method: 'GET', path: '/' });
  expect(headers['authorization']).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIATEST\/\d{8}\/eu-central-1\/es\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/,
  );
  expect(headers['x-amz-security-token']).toBe('token');
  expect(await failure(openCluster(connection, {}))).toMatchObject({ code: 'aws-keys-missing', exit: 4 });
});
