// A cluster that writes down every sign-in: none comes while one is typed, and none at an address that has changed.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, inject } from 'vitest';
import { makeAuthority, selfSigned } from '../../../helpers/certificates.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { SIGN_INS } from '../../../helpers/planted.ts';
import { type ProxyOptions, type RunningProxy, startProxy } from '../../../helpers/proxy.ts';
import { it, LITTLE } from '../../../helpers/stage.ts';

const target = inject('openSearchUrl');
const USER = { user: 'admin', password: 'sesame9' };
const SIGN_IN = `Basic ${Buffer.from('admin:sesame9').toString('base64')}`;
const opened: RunningProxy[] = [];
afterAll(async () => {
  for (const each of opened) await each.close();
});

async function cluster(options: Omit<ProxyOptions, 'target'> = {}): Promise<RunningProxy> {
  const started = await startProxy({ target, signIn: USER, ...options });
  opened.push(started);
  return started;
}

const signIns = ({ seen }: RunningProxy) => seen.flatMap(({ authorization }) => authorization ?? []);

/** A key every 0.8 s, as someone types who reads the password from a note. */
const SLOWLY_MS = 800;

describe.concurrent('a sign-in', () => {
  it('is not sent while user name and password are typed, only on Enter', async ({ stage }) => {
    const server = await cluster();
    const wizard = stage.openOn({ OPENSEARCH_URL: server.url });
    await wizard.until('❯ 1 Sign in');
    await wizard.press('1');
    await wizard.until('❯ User name');
    await wizard.press('admin', KEYS.enter);
    await wizard.until('❯ Password');
    const asked = server.seen.length;
    for (const key of USER.password) {
      await wizard.press(key);
      await sleep(SLOWLY_MS);
    }
    expect(server.seen.length).toBe(asked);
    expect(signIns(server)).toEqual([]);
    await wizard.press(KEYS.enter);
    await wizard.until('14:25-14:35');
    expect(new Set(signIns(server))).toEqual(new Set([SIGN_IN]));
    expect(wizard.raw).not.toContain(USER.password);
  });

  it('with a bearer token is not sent while it is typed, nor does it follow to another port', async ({
    stage,
  }) => {
    const [server, other] = [await cluster(), await cluster()];
    const wizard = stage.openOn({ OPENSEARCH_URL: server.url });
    await wizard.until('❯ 1 Sign in');
    await wizard.press('1');
    await wizard.until('❯ User name');
    await wizard.press(KEYS.ctrlO);
    await wizard.until('❯ Token');
    for (const key of 'eyJ.s3') {
      await wizard.press(key);
      await sleep(SLOWLY_MS / 4);
    }
    expect(signIns(server)).toEqual([]);
    await wizard.press(KEYS.enter);
    await wizard.until('Authentication failed (401) for the bearer token');
    expect(new Set(signIns(server))).toEqual(new Set(['Bearer eyJ.s3']));
    await wizard.press(KEYS.escape);
    await wizard.until('❯ Token');
    await wizard.press(KEYS.shiftTab, KEYS.ctrlU, other.url, KEYS.enter);
    await wizard.until('requires a user name and password');
    expect(signIns(other)).toEqual([]);
    expect(wizard.raw).not.toContain('eyJ');
  });

  it('given at the start waits for Enter, too', async ({ stage }) => {
    const server = await cluster();
    const wizard = stage.openOn({
      OPENSEARCH_URL: server.url,
      OPENSEARCH_USERNAME: USER.user,
      OPENSEARCH_PASSWORD: USER.password,
    });
    await wizard.until('Reachable; press Enter to sign in');
    await sleep(SLOWLY_MS);
    expect(signIns(server)).toEqual([]);
    await wizard.press(KEYS.enter);
    await wizard.until('14:25-14:35');
    expect(signIns(server)).toContain(SIGN_IN);
  });

  it.for([
    ['port', (other: RunningProxy) => other.url],
    ['host', (other: RunningProxy) => other.url.replace('localhost', '127.0.0.1')],
  ] as const)('does not follow to another %s', async ([, address], { stage }) => {
    const [first, other] = [await cluster(), await cluster()];
    const wizard = stage.openOn({
      OPENSEARCH_URL: first.url,
      OPENSEARCH_USERNAME: USER.user,
      OPENSEARCH_PASSWORD: USER.password,
    });
    await wizard.until('Reachable; press Enter to sign in');
    await wizard.press(KEYS.ctrlU, address(other), KEYS.enter);
    await wizard.until('requires a user name and password');
    expect(other.seen.length).toBeGreaterThan(0);
    expect([...signIns(first), ...signIns(other)]).toEqual([]);
  });

  it('does not follow to another scheme, nor does a certificate that was not checked', async ({ stage }) => {
    const server = await cluster({ certificate: selfSigned('localhost') });
    const wizard = stage.openOn(
      {
        OPENSEARCH_URL: server.url.replace('https:', 'http:'),
        OPENSEARCH_USERNAME: USER.user,
        OPENSEARCH_PASSWORD: USER.password,
      },
      { args: ['--insecure'] },
    );
    await wizard.until('❯ 1 Use https://localhost');
    await wizard.press('1');
    await wizard.until('is not trusted');
    expect(server.seen).toEqual([]);
  });
});

/** What the program has left in its folders, and has written to the terminal. */
const left = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe.concurrent('what is typed to sign in is nowhere afterwards', () => {
  it('a passphrase, wrong and right, and a password', async ({ stage }) => {
    const authority = makeAuthority();
    const { key, cert } = authority.issue(['anna']);
    const inPlace = (name: string) => join(stage.place.folder, name);
    writeFileSync(inPlace('client.pem'), cert);
    const encrypt = ['pkcs8', '-topk8', '-out', inPlace('client.key'), '-passout', 'pass:open9sesame'];
    execFileSync('openssl', encrypt, { input: key, stdio: 'pipe' });
    const server = await cluster({
      certificate: authority.issue(['localhost']),
      clientAuthority: authority.cert,
    });
    const args = [...LITTLE, '--ca-file', authority.caFile, '--log-file', 'log', '--username', USER.user];
    const wizard = stage.openOn({ OPENSEARCH_URL: server.url }, { args });
    await wizard.until('❯ Address');
    await wizard.press(KEYS.tab, KEYS.tab, USER.password, KEYS.ctrlO, KEYS.ctrlO);
    await wizard.until('❯ Client cert');
    await wizard.press('client.pem', KEYS.tab, 'client.key', KEYS.tab, 'guessed9sesame', KEYS.enter);
    await wizard.until('cannot be used: the passphrase of its key');
    await wizard.press('1');
    await wizard.until('❯ Client cert');
    await wizard.press(KEYS.tab, KEYS.tab);
    await wizard.press(KEYS.ctrlU, 'open9sesame', KEYS.enter);
    await wizard.until('14:25-14:35');
    await wizard.press(KEYS.enter);
    await wizard.until('Days of data');
    await wizard.press(KEYS.enter);
    await wizard.until('It will be created');
    await wizard.press(KEYS.enter);
    await wizard.until(/Loading into|is ready|checks/);
    await wizard.press(KEYS.ctrlC, KEYS.ctrlC);
    await wizard.ended;
    authority.remove();
    const texts = [wizard.raw, left(stage.place.folder)];
    for (const text of texts)
      for (const secret of ['9sesame', USER.password]) expect(text).not.toContain(secret);
    expect(texts[1]).toContain('"type":"begin"');
    expect(texts[1]).toContain(server.url);
  });
});

describe.concurrent('an address with a sign-in', () => {
  it.for(SIGN_INS.slice(0, 6))(
    '%s is pasted: it is refused, and its password is not shown',
    async (text, { stage }) => {
      const wizard = stage.open();
      await wizard.until('Connected and ready');
      await wizard.press(KEYS.ctrlU, `\u001B[200~${text}\u001B[201~`);
      await wizard.until('does not belong in the address');
      expect(wizard.raw).not.toContain('s3cr3tPW');
    },
  );
});
