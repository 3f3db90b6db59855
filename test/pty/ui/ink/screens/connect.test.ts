// What can stand between a person and a cluster, each produced for real: what is said, and what can be done at once.
import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { askText } from '../../../../helpers/ask.ts';
import { type Authority, makeAuthority, selfSigned } from '../../../../helpers/certificates.ts';
import { KEYS } from '../../../../helpers/ink-keys.ts';
import { runProgram } from '../../../../helpers/program.ts';
import { type Act, close, listen, type ProxyOptions, startProxy } from '../../../../helpers/proxy.ts';
import type { Terminal } from '../../../../helpers/pty.ts';
import { sentenceOf } from '../../../../helpers/sentences.ts';
import { it, NOTHING_THERE, type Stage, walkTo } from '../../../../helpers/stage.ts';

const url = inject('openSearchUrl');
let authority: Authority;
const opened: { close(): Promise<void> }[] = [];
beforeAll(() => {
  authority = makeAuthority();
});
afterAll(async () => {
  authority.remove();
  for (const thing of opened) await thing.close();
});

async function proxy(options: Omit<ProxyOptions, 'target'>): Promise<string> {
  const started = await startProxy({ target: url, ...options });
  opened.push(started);
  return started.url;
}

/** A port that answers whatever comes with these bytes, or with nothing. */
async function port(answer?: string): Promise<string> {
  const server = createServer((socket) => {
    if (answer !== undefined) socket.on('data', () => socket.end(answer));
  });
  opened.push({ close: () => close(server) });
  return `http://127.0.0.1:${await listen(server)}`;
}

const http = (status: string, body: string, headers = 'Content-Type: application/json') =>
  `HTTP/1.1 ${status}\r\n${headers}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const onPath =
  (path: RegExp, act: Act) =>
  (seen: { path: string }): Act =>
    path.test(seen.path) ? act : 'pass';
const answer = (body: object, status = 200): Act => ({ status, body: JSON.stringify(body) });

const ELASTIC = { version: { number: '8.15.0', build_flavor: 'default' }, tagline: 'You Know, for Search' };
const FULL_DISK = {
  nodes: { a: { roles: ['data'], fs: { total: { total_in_bytes: 1e12, available_in_bytes: 1e6 } } } },
};
const NO_SHARDS = { status: 'green', number_of_data_nodes: 1, active_shards: 1000, unassigned_shards: 0 };
const FORBIDDEN = {
  error: { type: 'security_exception', reason: 'no permissions for [cluster:monitor/main]' },
};

async function existing({ index }: Stage, settings: object): Promise<void> {
  const body = JSON.stringify({ settings: { number_of_replicas: 0, ...settings } });
  await askText(`${url}/${index}`, { method: 'PUT', body });
}

interface Row {
  readonly what: string;
  readonly address: (stage: Stage) => string | Promise<string>;
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: () => readonly string[];
  readonly says: string;
  readonly first: string;
  /** The rung it ends at. */
  readonly rung: string;
}

const ROWS: readonly Row[] = [
  {
    what: 'nothing listens',
    address: () => NOTHING_THERE,
    says: 'Nothing is listening on 127.0.0.1:9',
    first: 'Start a local OpenSearch',
    rung: '✘ port',
  },
  {
    what: 'an unknown name',
    address: () => 'http://no-such-host.invalid:9200',
    says: 'Cannot resolve no-such-host.invalid',
    first: 'Change the address',
    rung: '✘ DNS',
  },
  {
    what: 'a port that is silent',
    address: () => port(),
    says: 'did not answer within 10 s',
    first: 'Try again every 4 s',
    rung: '✘ port',
  },
  {
    what: 'a connection that is cut',
    address: () => proxy({ act: () => 'drop' }),
    says: 'closed the connection without answering',
    first: 'Try again',
    rung: '✘ port',
  },
  {
    what: 'another protocol',
    address: () => port('SSH-2.0-OpenSSH_9.6\r\n'),
    says: 'does not speak HTTP',
    first: 'Change the address',
    rung: '✘ port',
  },
  {
    what: 'https on an http port',
    address: () => url.replace('http:', 'https:'),
    says: 'speaks plain http, not https',
    first: 'Use http://',
    rung: '✘ TLS',
  },
  {
    what: 'http on an https port',
    address: async () => (await proxy({ certificate: selfSigned('localhost') })).replace('https:', 'http:'),
    says: 'requires https',
    first: 'Use https://',
    rung: '✘ TLS',
  },
  {
    what: 'a certificate signed by itself',
    address: () => proxy({ certificate: selfSigned('localhost') }),
    says: 'is not trusted: it is self-signed',
    first: 'Trust this one certificate',
    rung: '✘ trust',
  },
  {
    what: 'a certificate for another name',
    address: () => proxy({ certificate: authority.issue(['other.example']) }),
    args: () => ['--ca-file', authority.caFile],
    says: 'is issued for other names: other.example',
    first: 'Change the address',
    rung: '✘ trust',
  },
  {
    what: 'a certificate that has ended',
    address: () => proxy({ certificate: authority.issue(['localhost'], 'past') }),
    args: () => ['--ca-file', authority.caFile],
    says: 'is not valid now: it has expired',
    first: 'Try again',
    rung: '✘ trust',
  },
  {
    what: 'a sign-in that is missing',
    address: () => proxy({ signIn: { user: 'admin', password: 'open-sesame' } }),
    says: 'requires a user name and password',
    first: 'Sign in',
    rung: '✘ auth',
  },
  {
    what: 'a wrong password',
    address: () => proxy({ signIn: { user: 'admin', password: 'open-sesame' } }),
    env: { OPENSEARCH_USERNAME: 'admin', OPENSEARCH_PASSWORD: 'wrong-sesame' },
    says: 'Authentication failed (401) for admin',
    first: 'Sign in',
    rung: '✘ auth',
  },
  {
    what: 'a user without the right (403)',
    address: () => proxy({ act: onPath(/./, answer(FORBIDDEN, 403)) }),
    env: { OPENSEARCH_USERNAME: 'reader', OPENSEARCH_PASSWORD: 'open-sesame' },
    says: 'Permission denied (403) for reader',
    first: 'Sign in',
    rung: '✘ permissions',
  },
  {
    what: 'Elasticsearch',
    address: () => port(http('200 OK', JSON.stringify(ELASTIC))),
    says: 'is Elasticsearch 8.15.0, not OpenSearch',
    first: 'Start a local OpenSearch',
    rung: '✘ product',
  },
  {
    what: 'the port of Dashboards',
    address: () => port(http('200 OK', '<html>', 'Content-Type: text/html\r\nosd-name: demo')),
    says: 'is OpenSearch Dashboards, not OpenSearch',
    first: 'Use http://127.0.0.1:9200',
    rung: '✘ product',
  },
  {
    what: 'the page of a proxy',
    address: () =>
      port(http('200 OK', '<html><title>Welcome</title>', 'Content-Type: text/html\r\nServer: nginx')),
    says: 'it is not OpenSearch: HTTP 200 from nginx, a page titled "Welcome"',
    first: 'Change the address',
    rung: '✘ product',
  },
  {
    what: 'a cluster that is starting (503)',
    address: () => port(http('503 Service Unavailable', '{}')),
    says: 'is not ready (HTTP 503)',
    first: 'Try again every 4 s',
    rung: '✘ product',
  },
  {
    what: 'red health',
    address: async (stage) => {
      await existing(stage, {});
      return proxy({ act: onPath(/^\/_cluster\/health\/./, answer({ status: 'red' })) });
    },
    says: 'is red: some primary shards are unassigned',
    first: 'Try again',
    rung: '✘ disk',
  },
  {
    what: 'a read-only index',
    address: async (stage) => {
      await existing(stage, { 'index.blocks.write': true });
      return url;
    },
    says: 'the index is read-only (index.blocks.write is set)',
    first: 'Try again',
    rung: '✘ disk',
  },
  {
    what: 'disks beyond the flood-stage mark',
    address: () => proxy({ act: onPath(/^\/_nodes\/stats\/fs/, answer(FULL_DISK)) }),
    says: 'the disks are above the flood-stage watermark',
    first: 'Try again',
    rung: '✘ disk',
  },
  {
    what: 'the limit of shards',
    address: () => proxy({ act: onPath(/^\/_cluster\/health$/, answer(NO_SHARDS)) }),
    says: 'the cluster holds 1000 of at most 1000 shards',
    first: 'Try again',
    rung: '✘ disk',
  },
];

describe.concurrent('what stands in the way is said, with the rung it ends at and the likeliest thing to do first', () => {
  it.for(ROWS)('$what', async ({ address, env = {}, args, says, first, rung }, { stage }) => {
    const wizard = stage.openOn({ OPENSEARCH_URL: await address(stage), ...env }, { args: args?.() ?? [] });
    if ('OPENSEARCH_PASSWORD' in env) {
      await wizard.until('Reachable; press Enter to sign in');
      await wizard.press(KEYS.enter);
    }
    const panel = await wizard.until('What you can do now', 40_000);
    expect(panel.replace(/\s+/g, ' ')).toContain(says);
    expect(panel).toContain(rung);
    expect(panel).toContain(`❯ 1 ${first}`);
    expect(wizard.raw).not.toContain('sesame');
  });
});

const panelOf = (wizard: Terminal) => wizard.until('What you can do now', 20_000);

describe.concurrent('the panel does what it offers', () => {
  it('trusts one certificate, signs in, and the password is never seen', async ({ stage }) => {
    const certificate = selfSigned('localhost');
    const signIn = { user: 'admin', password: 'open-sesame' };
    const wizard = stage.openOn({ OPENSEARCH_URL: await proxy({ certificate, signIn }) });
    const { fingerprint256 } = new X509Certificate(certificate.cert);
    expect((await panelOf(wizard)).replace(/\s/g, '')).toContain(fingerprint256);
    await wizard.press(KEYS.enter);
    await wizard.until('only SHA-256');
    await wizard.until('requires a user name and password');
    await wizard.press(KEYS.enter);
    await wizard.until('❯ 1 Sign in');
    await wizard.press('1');
    await wizard.until('❯ User name');
    await wizard.press('admin', KEYS.tab, 'open-sesame');
    const review = (await walkTo(wizard, 'Review')).replace(/\s+/g, ' ');
    expect(review).toContain('user admin, certificate trusted by SHA-256');
    expect(review).toContain('To repeat (set OPENSEARCH_PASSWORD first):');
    expect(review.replaceAll(' ', '')).toContain(`--usernameadmin--fingerprint${fingerprint256}`);
    await wizard.press(KEYS.ctrlC, KEYS.ctrlC);
    await wizard.ended;
    expect(wizard.raw).not.toContain('open-sesame');
  });

  it('takes the file of an authority', async ({ stage }) => {
    const certificate = authority.issue(['localhost']);
    const wizard = stage.openOn({ OPENSEARCH_URL: await proxy({ certificate }) });
    await panelOf(wizard);
    await wizard.press('2');
    await wizard.until('❯ CA file');
    await wizard.press(authority.caFile, KEYS.enter);
    await wizard.until('14:25-14:35');
  });

  it('skips the check for this run, and says so', async ({ stage }) => {
    const wizard = stage.openOn({
      OPENSEARCH_URL: await proxy({ certificate: selfSigned('other.example') }),
    });
    await panelOf(wizard);
    await wizard.press('3');
    await wizard.until('not verified (this run only)');
    await wizard.until('! The certificate is not verified');
    await wizard.press(KEYS.enter);
    await wizard.until('14:25-14:35');
  });

  it('trusts a certificate whatever its names', async ({ stage }) => {
    const wizard = stage.openOn({
      OPENSEARCH_URL: await proxy({ certificate: selfSigned('other.example') }),
    });
    await panelOf(wizard);
    await wizard.press('1');
    await wizard.until('only SHA-256');
    await wizard.until('Connected and ready');
  });

  it('changes between http and https', async ({ stage }) => {
    const wizard = stage.openOn({ OPENSEARCH_URL: url.replace('http:', 'https:') });
    await panelOf(wizard);
    await wizard.press('1');
    await wizard.until('Connected and ready');
  });

  it('waits for a cluster that is starting, with a countdown', async ({ stage }) => {
    let starting = true;
    const wizard = stage.openOn({
      OPENSEARCH_URL: await proxy({ act: () => (starting ? { status: 503, body: '{}' } : 'pass') }),
    });
    await panelOf(wizard);
    await wizard.press('1');
    await wizard.until(/retrying in [1-4] s, Esc cancels/);
    starting = false;
    await wizard.until('Connected and ready');
  });

  it('says before anything is written that the disk is too small, and leads to less data', async ({
    stage,
  }) => {
    // The flood-stage mark of the local node lets 500 MB stay free: 4 MB can be written.
    const fs = { total: { total_in_bytes: 1e12, available_in_bytes: 500 * 2 ** 20 + 4e6 } };
    const disks = answer({ nodes: { a: { roles: ['data'], fs } } });
    const wizard = stage.openOn({
      OPENSEARCH_URL: await proxy({ act: onPath(/^\/_nodes\/stats\/fs/, disks) }),
    });
    await walkTo(wizard, 'Review');
    await wizard.press(KEYS.enter);
    const panel = (await panelOf(wizard)).replace(/\s+/g, ' ');
    const needs = { documents: '[\\d,]+', each: '\\d+', needed: '\\d+ MB', free: '4 MB' };
    expect(panel).toMatch(sentenceOf('too-little-room', needs));
    expect(panel).toContain('❯ 1 Make the data smaller');
    expect((await fetch(`${url}/${stage.index}`)).status).toBe(404);
    await wizard.press('1');
    await wizard.until('◂ 7 days ▸');
    for (let place = 0; place < 6; place++) await wizard.press(KEYS.down);
    await wizard.press('9', '0', '0', '0', KEYS.enter);
    await wizard.until('It will be created');
    await wizard.press(KEYS.enter);
    await wizard.until(/All \d+ checks passed/, 60_000);
  });

  it('copies a command, and shows the details', async ({ stage }) => {
    const wizard = stage.openOn({ OPENSEARCH_URL: NOTHING_THERE });
    expect(await panelOf(wizard)).toContain('4 Show the details   (ECONNREFUSED 127.0.0.1:9)');
    await wizard.press('5');
    await wizard.until('Copied: docker run');
    const [, copied = ''] = /\u001B\]52;c;([^\u0007]+)\u0007/.exec(wizard.raw) ?? [];
    expect(Buffer.from(copied, 'base64').toString()).toMatch(/^docker run .*opensearch/);
    await wizard.press('4');
    await wizard.until('Code: connection-refused');
    await wizard.until('ECONNREFUSED');
  });

  it('starts a local OpenSearch, which outlives the wizard', async ({ stage }) => {
    const cache = dirname(inject('cacheFolder'));
    const wizard = stage.openOn({ OPENSEARCH_URL: NOTHING_THERE, XDG_CACHE_HOME: cache });
    try {
      await wizard.until('❯ 1 Start a local OpenSearch');
      await wizard.press('1');
      await wizard.until('Starting a local OpenSearch');
      await wizard.until('Connected and ready', 100_000);
      await wizard.press(KEYS.ctrlC, KEYS.ctrlC);
      await wizard.ended;
      const said = 'The local OpenSearch keeps running at http://localhost:';
      expect(wizard.text().replace(/\s+/g, ' ')).toContain(said);
      const [, address = ''] = /running at (http:\S+?);/.exec(wizard.text().replaceAll('\n', '')) ?? [];
      expect((await fetch(address)).status).toBe(200);
    } finally {
      await runProgram(stage.place, 'node', 'stop');
    }
  });
});

describe.concurrent('typing', () => {
  it('takes a paste with a line break as one line, and letters as letters', async ({ stage }) => {
    const wizard = stage.openOn({ OPENSEARCH_URL: NOTHING_THERE });
    await panelOf(wizard);
    await wizard.press('2');
    await wizard.until('Address');
    await wizard.press(KEYS.ctrlU, `\u001B[200~${url}\n\u001B[201~`);
    await wizard.until('Connected and ready');
    await wizard.press('q', '?');
    await wizard.until(`${url}q?▏`);
  });

  it('can be cut short: Escape stops trying an address', async ({ stage }) => {
    const wizard = stage.openOn({ OPENSEARCH_URL: await port() });
    await wizard.until(/Connecting: port … still waiting, [34] s of 10 s/);
    await wizard.press(KEYS.escape);
    await wizard.until('Not checked yet; press Enter to connect');
  });
});
