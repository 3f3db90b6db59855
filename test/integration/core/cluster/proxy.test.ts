// A cluster that can be reached through an HTTP proxy only.
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { climbLadder } from '../../../../src/core/cluster/ladder/ladder.ts';
import type { Connection, LadderStep } from '../../../../src/core/cluster/types.ts';
import type { Environment } from '../../../../src/core/directories.ts';
import { type Authority, makeAuthority } from '../../../helpers/certificates.ts';
import { HIDDEN_HOST, startConnectProxy } from '../../../helpers/connect-proxy.ts';
import { doneOf, newPlace, runProgram } from '../../../helpers/program.ts';
import { expectProof } from '../../../helpers/proof.ts';
import { startProxy } from '../../../helpers/proxy.ts';
import { SMALL_DAY } from '../../../helpers/small-run.ts';

const target = inject('openSearchUrl');
const HIDDEN = `http://${HIDDEN_HOST}:9200`;
let authority: Authority;
const opened: { close(): Promise<void> }[] = [];
beforeAll(() => {
  authority = makeAuthority();
});
afterAll(() => authority.remove());
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

async function proxyTo(where: string, signIn?: string) {
  const proxy = await startConnectProxy({ target: where, ...(signIn ? { signIn } : {}) });
  opened.push(proxy);
  return proxy;
}

async function steps(connection: Connection, environment: Environment): Promise<LadderStep[]> {
  const all: LadderStep[] = [];
  for await (const step of climbLadder(connection, undefined, { environment })) all.push(step);
  return all.filter(({ state }) => state !== 'checking');
}

const failureOf = (all: readonly LadderStep[]) => all.at(-1)?.error;

test('the whole job through a proxy with a sign-in, of which nothing is shown', async () => {
  const proxy = await proxyTo(target, 'proxyuser:sssh-proxy');
  const place = newPlace({ HTTP_PROXY: proxy.url.replace('//', '//proxyuser:sssh-proxy@') });
  const index = `proxy-test-${process.pid}`;
  try {
    const args = ['--url', HIDDEN, '--index', index, '--yes', '--json', ...SMALL_DAY, '--sample', '600'];
    const finished = await runProgram(place, 'run', ...args);
    expect(doneOf(finished).error).toBeUndefined();
    expectProof(doneOf(finished));
    expect(finished.stdout + finished.stderr).not.toContain('sssh-proxy');
    expect(new Set(proxy.asked)).toEqual(new Set([`${HIDDEN_HOST}:9200`]));
  } finally {
    await fetch(`${target}/${index}`, { method: 'DELETE' });
    place.remove();
  }
});

test('a proxy that denies CONNECT to all ports but 443 is handed the requests for plain http', async () => {
  const proxy = await startConnectProxy({ target, tunnelsTo: 443 });
  opened.push(proxy);
  const all = await steps({ url: HIDDEN }, { HTTP_PROXY: proxy.url });
  expect(failureOf(all)).toBeUndefined();
  expect(all.at(-1)).toMatchObject({ rung: 'space', state: 'ok' });
});

test('every rung through the proxy, which looks the name up', async () => {
  const proxy = await proxyTo(target);
  const all = await steps({ url: HIDDEN }, { HTTP_PROXY: proxy.url });
  expect(failureOf(all)).toBeUndefined();
  expect(all.find(({ rung }) => rung === 'name')?.detail).toContain('left to the proxy 127.0.0.1:');
  expect(all.find(({ rung }) => rung === 'product')?.state).toBe('ok');
});

test('TLS goes through the proxy from end to end, and the certificate is the cluster’s', async () => {
  const front = await startProxy({ target, certificate: authority.issue([HIDDEN_HOST]) });
  opened.push(front);
  const proxy = await proxyTo(front.url.replace('https:', 'http:'));
  const environment = { https_proxy: proxy.url };
  const url = `https://${HIDDEN_HOST}:9200`;
  const trusted = await steps({ url, caFile: authority.caFile }, environment);
  expect(failureOf(trusted)).toBeUndefined();
  const shown = failureOf(await steps({ url }, environment));
  expect(shown?.code).toBe('certificate-untrusted');
  const fingerprint = String(shown?.values['fingerprint']);
  expect(failureOf(await steps({ url, fingerprint }, environment))).toBeUndefined();
});

test.each<[string, string, () => Promise<Environment>, string]>([
  [
    'without its sign-in',
    HIDDEN,
    async () => ({ HTTP_PROXY: (await proxyTo(target, 'a:b')).url }),
    'HTTP 407',
  ],
  [
    'that forbids the address',
    'http://other.invalid:9200',
    async () => ({ HTTP_PROXY: (await proxyTo(target)).url }),
    'HTTP 403',
  ],
  [
    'that is not there',
    HIDDEN,
    async () => ({ HTTP_PROXY: 'http://127.0.0.1:1' }),
    'nothing is listening there',
  ],
  [
    'with an unknown name',
    HIDDEN,
    async () => ({ HTTP_PROXY: 'http://no-proxy.invalid:1' }),
    'its name is not known',
  ],
])('a proxy %s is named, and what is wrong with it', async (_, url, environment, words) => {
  const error = failureOf(await steps({ url }, await environment()));
  expect(error).toMatchObject({ code: 'proxy-failed', exit: 3 });
  expect(error?.message).toContain(words);
});
