import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { climbLadder, type LadderOptions } from '../../../../src/core/cluster/ladder/ladder.ts';
import { type Connection, type LadderStep, PROBE_TIMEOUT_MS } from '../../../../src/core/cluster/types.ts';
import { askText } from '../../../helpers/ask.ts';
import { type Authority, makeAuthority, selfSigned } from '../../../helpers/certificates.ts';
import {
  type Act,
  close,
  listen,
  type ProxyOptions,
  type RunningProxy,
  startProxy,
} from '../../../helpers/proxy.ts';

const target = inject('openSearchUrl');
const PASSWORD = 'a-Secret-of-the-test-9';

let authority: Authority;
const opened: { close(): Promise<void> }[] = [];

beforeAll(() => {
  authority = makeAuthority();
});
afterAll(() => authority.remove());
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

async function proxy(options: Omit<ProxyOptions, 'target'>): Promise<RunningProxy> {
  const started = await startProxy({ target, ...options });
  opened.push(started);
  return started;
}

async function server(onConnection: Parameters<typeof createServer>[1]): Promise<number> {
  const listening: Server = createServer(onConnection);
  opened.push({ close: () => close(listening) });
  return listen(listening);
}

async function steps(
  connection: Connection,
  signal?: AbortSignal,
  options: LadderOptions = {},
): Promise<LadderStep[]> {
  const all: LadderStep[] = [];
  const ladder = climbLadder(connection, signal, { index: 'ladder_test', ...options });
  for await (const step of ladder) all.push(step);
  return all.filter(({ state }) => state !== 'checking');
}

/** The rungs that were passed, and the one that failed with its code. */
async function outcome(connection: Connection, options: LadderOptions = {}) {
  const all = await steps(connection, undefined, options);
  const last = all.at(-1);
  return {
    passed: all.filter(({ state }) => state === 'ok').map(({ rung }) => rung),
    failed: last?.error ? `${last.rung}: ${last.error.code}` : undefined,
    error: last?.error,
  };
}

const answering = (status: number, body: string, contentType = 'application/json') =>
  proxy({ act: (): Act => ({ status, body, contentType }) });

describe('what is in order', () => {
  test('every rung of the real node passes or is skipped, each after it was said to be checked', async () => {
    const all: LadderStep[] = [];
    for await (const step of climbLadder({ url: target })) all.push(step);
    expect(all.map(({ rung, state }) => `${rung} ${state}`)).toEqual([
      ...['name checking', 'name ok', 'port checking', 'port ok', 'tls checking', 'tls skipped'],
      ...['trust checking', 'trust skipped', 'sign-in checking', 'sign-in skipped', 'product checking'],
      ...['product ok', 'rights checking', 'rights skipped', 'space checking', 'space ok'],
    ]);
    const product = all.find(({ rung, state }) => rung === 'product' && state === 'ok');
    expect(product?.detail).toMatch(/^OpenSearch \d+\.\d+\.\d+, cluster \S+$/);
  });

  test('TLS with our own authority, and a sign-in', async () => {
    const { url } = await proxy({
      certificate: authority.issue(['localhost']),
      signIn: { user: 'anna', password: PASSWORD },
    });
    const connection = { url, caFile: authority.caFile, username: 'anna', password: PASSWORD };
    expect(await outcome(connection)).toMatchObject({
      passed: ['name', 'port', 'tls', 'trust', 'sign-in', 'product', 'space'],
      failed: undefined,
    });
  });

  test('--insecure passes a self-signed certificate, saying that it was not checked', async () => {
    const { url } = await proxy({ certificate: selfSigned('localhost') });
    const trust = (await steps({ url, insecure: true })).find(({ rung }) => rung === 'trust');
    expect(trust).toMatchObject({ state: 'skipped', detail: expect.stringContaining('--insecure') });
    expect((await outcome({ url, insecure: true })).failed).toBeUndefined();
  });
});

describe('name and port', () => {
  test('nothing listening', async () => {
    const port = await server(() => {});
    await opened.pop()?.close();
    const { failed, error } = await outcome({ url: `http://localhost:${port}` });
    expect(failed).toBe('port: connection-refused');
    expect(error?.message).toBe(`Nothing is listening on localhost:${port}`);
  });

  test('a name that nobody knows', async () => {
    const { failed, passed } = await outcome({ url: 'http://no-such-host.invalid:9200' });
    expect(passed).toEqual([]);
    // Without a network the name server itself does not answer.
    expect(['name: name-unknown', 'name: dns-failed']).toContain(failed);
  });

  test('a port that accepts and stays silent is given up when the time is up, which is 10 s by default', async () => {
    const port = await server(() => {});
    for (const scheme of ['http', 'https']) {
      const begin = performance.now();
      const { failed, error } = await outcome({ url: `${scheme}://127.0.0.1:${port}` }, { timeoutMs: 1000 });
      expect(failed).toBe(scheme === 'http' ? 'port: port-silent' : 'tls: port-silent');
      expect(error?.values['seconds']).toBe(1);
      expect(performance.now() - begin).toBeGreaterThan(950);
      expect(performance.now() - begin).toBeLessThan(4000);
    }
    expect(PROBE_TIMEOUT_MS).toBe(10_000);
  });

  test('something that is not HTTP, with its first words', async () => {
    const port = await server((socket) => {
      socket.write('SSH-2.0-OpenSSH_9.9\r\n');
    });
    const { failed, error } = await outcome({ url: `http://127.0.0.1:${port}` });
    expect(failed).toBe('port: not-http');
    expect(error?.values['begins']).toContain('SSH-2.0');
  });

  test('a server that closes every connection', async () => {
    const port = await server((socket) => void socket.destroy());
    expect((await outcome({ url: `http://127.0.0.1:${port}` })).failed).toBe('port: connection-dropped');
  });

  test('an abort ends the ladder without a failure', async () => {
    const port = await server(() => {});
    const begin = performance.now();
    const all = await steps({ url: `http://127.0.0.1:${port}` }, AbortSignal.timeout(200));
    expect(all.map(({ state }) => state)).not.toContain('failed');
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

describe('TLS and trust', () => {
  test('https to a plain http port offers the other address', async () => {
    const { failed, error } = await outcome({ url: target.replace('http:', 'https:') });
    expect(failed).toBe('tls: speaks-http');
    expect(error?.values['otherUrl']).toBe(target);
  });

  test('http to an https port offers the other address', async () => {
    const { url } = await proxy({ certificate: selfSigned('localhost') });
    const { failed, error } = await outcome({ url: url.replace('https:', 'http:') });
    expect(failed).toBe('tls: wants-https');
    expect(error?.values['otherUrl']).toBe(url);
  });

  test.each([
    ['the same host by https', 'https://127.0.0.1:9443/x', 'tls: wants-https', 'https://127.0.0.1:9443'],
    ['another host', 'https://sso.example.test/login?token=abc', 'product: redirected', undefined],
  ])('a redirect to %s', async (_, location, expected, otherUrl) => {
    const port = await server((socket) => {
      const answer = `HTTP/1.1 301 Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
      socket.once('data', () => socket.end(answer));
    });
    const { failed, error } = await outcome({ url: `http://127.0.0.1:${port}` });
    expect([failed, error?.values['otherUrl']]).toEqual([expected, otherUrl]);
    expect(error?.explain().actions.join()).not.toContain('sso.example');
  });

  test('a self-signed certificate, with the facts that a person judges it by', async () => {
    const { url } = await proxy({ certificate: selfSigned('localhost') });
    const { failed, passed, error } = await outcome({ url });
    expect(passed).toEqual(['name', 'port', 'tls']);
    expect(failed).toBe('trust: certificate-untrusted');
    expect(error?.message).toContain('self-signed');
    expect(error?.values).toMatchObject({
      subject: 'localhost',
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      validTo: expect.stringMatching(/GMT$/),
    });
  });

  test('an authority that this machine does not know', async () => {
    const { url } = await proxy({ certificate: authority.issue(['localhost']) });
    expect((await outcome({ url })).failed).toBe('trust: certificate-untrusted');
  });

  test('a certificate for other names lists them', async () => {
    const { url } = await proxy({
      certificate: authority.issue(['search.example.test', 'other.example.test']),
    });
    const { failed, error } = await outcome({ url, caFile: authority.caFile });
    expect(failed).toBe('trust: certificate-name');
    expect(error?.message).toContain('search.example.test');
    expect(error?.message).toContain('other.example.test');
  });

  test('a certificate that has expired', async () => {
    const { url } = await proxy({ certificate: authority.issue(['localhost'], 'past') });
    expect((await outcome({ url, caFile: authority.caFile })).failed).toBe('trust: certificate-expired');
  });

  test('a CA file that is not there', async () => {
    const { url } = await proxy({ certificate: selfSigned('localhost') });
    expect((await outcome({ url, caFile: '/no/such/ca.pem' })).failed).toBe('tls: file-unreadable');
  });

  test('a sign-in is not sent to a server whose certificate is not trusted', async () => {
    const { url, seen } = await proxy({ certificate: selfSigned('localhost') });
    await outcome({ url, username: 'anna', password: PASSWORD });
    expect(seen).toEqual([]);
  });
});

describe('sign-in and product', () => {
  const secured = () =>
    proxy({ certificate: authority.issue(['localhost']), signIn: { user: 'anna', password: PASSWORD } });

  test('a sign-in that is asked for and missing', async () => {
    const { url } = await secured();
    const { failed, error } = await outcome({ url, caFile: authority.caFile });
    expect(failed).toBe('sign-in: sign-in-missing');
    expect(error?.exit).toBe(4);
  });

  test('a wrong password names the user and never the password', async () => {
    const { url } = await secured();
    const { failed, error } = await outcome({
      url,
      caFile: authority.caFile,
      username: 'anna',
      password: `${PASSWORD}-wrong`,
    });
    expect(failed).toBe('sign-in: sign-in-refused');
    expect(error?.message).toContain('anna');
    expect(JSON.stringify({ ...error, ...error?.explain(), cause: String(error?.cause) })).not.toContain(
      PASSWORD,
    );
  });

  test('Elasticsearch', async () => {
    const root = {
      name: 'n',
      cluster_name: 'c',
      version: { number: '8.17.1' },
      tagline: 'You Know, for Search',
    };
    const { url } = await answering(200, JSON.stringify(root));
    const { failed, error } = await outcome({ url });
    expect(failed).toBe('product: elasticsearch');
    expect(error?.message).toContain('8.17.1');
  });

  test('OpenSearch Dashboards points to port 9200 of the same host', async () => {
    const page =
      '<html><title>OpenSearch Dashboards</title><osd-injected-metadata data="{}"></osd-injected-metadata></html>';
    const { url } = await answering(200, page, 'text/html');
    const { failed, error } = await outcome({ url });
    expect(failed).toBe('product: dashboards-port');
    expect(error?.values['otherUrl']).toBe('http://localhost:9200');
  });

  test('a page of another product is told by its title, without control characters', async () => {
    const { url } = await answering(
      200,
      '<html><title>Welcome\u001b[2J to the router</title></html>',
      'text/html',
    );
    const { failed, error } = await outcome({ url });
    expect(failed).toBe('product: not-opensearch');
    expect(error?.message).toContain('to the router');
    expect(error?.message).not.toContain('\u001b');
  });

  test('a cluster that is not ready yet', async () => {
    const { url } = await answering(503, 'OpenSearch Security not initialized.', 'text/plain');
    expect((await outcome({ url })).failed).toBe('product: cluster-starting');
  });

  test('an OpenSearch that says it is something older is still known by its distribution', async () => {
    const root = { cluster_name: 'c', version: { number: '7.10.2', distribution: 'opensearch' } };
    const { url } = await proxy({
      act: ({ path }) => (path === '/' ? { status: 200, body: JSON.stringify(root) } : 'pass'),
    });
    expect((await outcome({ url })).failed).toBeUndefined();
  });
});

describe('rights and space', () => {
  test('a user that may not look at the index', async () => {
    const info = JSON.stringify({ user_name: 'anna', roles: ['reader'] });
    const { url } = await proxy({
      act: ({ path }) => {
        if (path === '/_plugins/_security/authinfo') return { status: 200, body: info };
        return path === '/ladder_test' ? { status: 403, body: '' } : 'pass';
      },
    });
    const { failed, error } = await outcome({ url });
    expect(failed).toBe('rights: forbidden');
    expect(error?.message).toContain('anna');
  });

  test('a role that may not look at settings and disks is no obstacle', async () => {
    const refusal = {
      status: 403,
      body: '{"error":{"type":"security_exception","reason":"no permissions"}}',
    };
    const { url } = await proxy({ act: ({ path }) => (path === '/' ? 'pass' : refusal) });
    const space = (await steps({ url })).find(({ rung }) => rung === 'space');
    expect(space?.state).toBe('skipped');
  });

  test('an index that is read-only on the real node', async () => {
    const body = { settings: { 'index.blocks.read_only_allow_delete': true } };
    await askText(`${target}/ladder_test`, { method: 'PUT', body });
    try {
      const { failed, error } = await outcome({ url: target });
      expect(failed).toBe('space: writes-blocked');
      expect(error?.message).toContain('read_only_allow_delete');
    } finally {
      await fetch(`${target}/ladder_test`, { method: 'DELETE' });
    }
  });
});
