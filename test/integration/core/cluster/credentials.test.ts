// Bearer tokens and client certificates, in front of the real OpenSearch.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { climbLadder } from '../../../../src/core/cluster/ladder/ladder.ts';
import type { Connection, LadderStep } from '../../../../src/core/cluster/types.ts';
import { type Authority, makeAuthority } from '../../../helpers/certificates.ts';
import { type ProxyOptions, type RunningProxy, startProxy } from '../../../helpers/proxy.ts';

const target = inject('openSearchUrl');
const folder = mkdtempSync(join(tmpdir(), 'incident-demo-client-'));
const PASSPHRASE = 'open-sesame';
let authority: Authority;
let proxy: RunningProxy | undefined;
beforeAll(() => {
  authority = makeAuthority();
});
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});
afterAll(() => {
  authority.remove();
  rmSync(folder, { recursive: true });
});

async function front(options: Omit<ProxyOptions, 'target'>): Promise<string> {
  proxy = await startProxy({ target, ...options });
  return proxy.url;
}

async function steps(connection: Connection, signIn = true): Promise<LadderStep[]> {
  const all: LadderStep[] = [];
  for await (const step of climbLadder(connection, undefined, { signIn })) all.push(step);
  return all.filter(({ state }) => state !== 'checking');
}
const last = async (connection: Connection) => (await steps(connection)).at(-1);

describe('a bearer token', () => {
  test('passes every rung, and a wrong one is named as what is wrong', async () => {
    const url = await front({ token: 'eyJ.right' });
    const passed = await steps({ url, token: 'eyJ.right' });
    expect(passed.at(-1)).toMatchObject({ rung: 'space', state: 'ok' });
    expect(passed.find(({ rung }) => rung === 'sign-in')?.detail).toBe('with a bearer token');
    const wrong = await last({ url, token: 'eyJ.wrong' });
    expect(wrong?.error?.message).toMatch(/^Authentication failed \(401\) for the bearer token/);
    expect(wrong?.error?.message).not.toContain('eyJ');
    expect((await last({ url }))?.error?.code).toBe('sign-in-missing');
  });

  test('is not sent before it is asked for', async () => {
    const url = await front({ token: 'eyJ.right' });
    expect((await steps({ url, token: 'eyJ.right' }, false)).at(-1)?.rung).toBe('trust');
    expect(proxy?.seen.map(({ authorization }) => authorization)).not.toContain('Bearer eyJ.right');
  });
});

describe('a client certificate', () => {
  function files(encrypted = false): { clientCert: string; clientKey: string } {
    const { cert, key } = authority.issue(['anna']);
    const clientCert = join(folder, 'client.pem');
    const clientKey = join(folder, 'client.key');
    writeFileSync(clientCert, cert);
    writeFileSync(clientKey, key);
    const encrypt = ['pkcs8', '-topk8', '-out', clientKey, '-passout', `pass:${PASSPHRASE}`];
    if (encrypted) execFileSync('openssl', encrypt, { input: key, stdio: 'pipe' });
    return { clientCert, clientKey };
  }
  const guarded = async (options: Omit<ProxyOptions, 'target'> = {}) => ({
    url: await front({
      certificate: authority.issue(['localhost']),
      clientAuthority: authority.cert,
      ...options,
    }),
    caFile: authority.caFile,
  });

  test('is required by the server, shown, and enough', async () => {
    const server = await guarded();
    const passed = await steps({ ...server, ...files() });
    expect(passed.at(-1)).toMatchObject({ rung: 'space', state: 'ok' });
    expect(passed.find(({ rung }) => rung === 'sign-in')?.detail).toBe('with a client certificate');
    const { error } = (await last(server)) ?? {};
    expect(error?.code).toBe('tls-failed');
    expect(error?.explain().actions.join()).toContain('--client-cert');
  });

  test('goes with a password, and with a certificate that is trusted by its SHA-256', async () => {
    const { url } = await guarded({ signIn: { user: 'anna', password: 'sesame' } });
    const user = { username: 'anna', password: 'sesame' };
    const untrusted = await last({ url, ...user, ...files() });
    const fingerprint = String(untrusted?.error?.values['fingerprint']);
    const passed = await last({ url, fingerprint, ...user, ...files() });
    expect(passed).toMatchObject({ rung: 'space', state: 'ok' });
  });

  test('is not shown before it is asked for', async () => {
    expect((await steps({ ...(await guarded()), ...files() }, false)).at(-1)?.rung).toBe('port');
    expect(proxy?.seen).toEqual([]);
  });

  test.each([
    ['the right passphrase', PASSPHRASE, undefined],
    ['a wrong one', 'guessed', 'the passphrase of its key is wrong'],
    ['none', undefined, 'its key is encrypted, and no passphrase is given'],
  ])('with an encrypted key and %s', async (_, keyPassphrase, reason) => {
    const { error } = (await last({ ...(await guarded()), ...files(true), keyPassphrase })) ?? {};
    expect(error?.values['reason']).toBe(reason);
    if (reason) expect(error).toMatchObject({ code: 'client-certificate', exit: 2 });
  });

  test.each([
    ['the key of another certificate', () => authority.key, 'its key belongs to another certificate'],
    ['no key', () => 'nothing', 'holds no private key in PEM'],
  ])('with %s', async (_, key, reason) => {
    const connection = { ...(await guarded()), ...files() };
    writeFileSync(connection.clientKey, key());
    expect((await last(connection))?.error?.message).toContain(reason);
  });
});
