// A node with the real security plugin: https with a certificate of its own, a password that is kept nowhere.

import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { climbLadder } from '../../../../src/core/cluster/ladder/ladder.ts';
import type { Connection } from '../../../../src/core/cluster/types.ts';
import { nodeFiles } from '../../../../src/core/local-node/files.ts';
import { localNodeStatus, startLocalNode } from '../../../../src/core/local-node/local-node.ts';
import { newPlace, type Place, runProgram } from '../../../helpers/program.ts';
import { ADMIN_PASSWORD, type SecuredConnection, securedNode } from '../../../helpers/secured-node.ts';

const directories = () => ({ cache: inject('cacheFolder'), state: inject('securedFolder') });

let node: SecuredConnection;
let place: Place;
beforeAll(async () => {
  node = await securedNode();
  place = newPlace();
});
afterAll(() => place.remove());

async function lastStep(connection: Connection) {
  const steps = [];
  for await (const step of climbLadder(connection)) if (step.state !== 'checking') steps.push(step);
  return steps.at(-1);
}

test('with the pinned certificate and the password every rung holds', async () => {
  expect(node.url).toMatch(/^https:/);
  expect(await lastStep(node)).toMatchObject({ rung: 'space', state: 'ok' });
});

test.each([
  ['no password', { password: undefined, username: undefined }, 'sign-in', 'sign-in-missing'],
  ['a wrong password', { password: 'wrong' }, 'sign-in', 'sign-in-refused'],
  ['no pinned certificate', { fingerprint: undefined }, 'trust', 'certificate-untrusted'],
  [
    'the certificate of another node',
    { fingerprint: Array(32).fill('AA').join(':') },
    'trust',
    'certificate-changed',
  ],
  ['plain http', { url: '' }, 'tls', 'wants-https'],
])('%s: the rung that fails is named', async (_, change, rung, code) => {
  const connection = { ...node, ...change };
  if (connection.url === '') connection.url = node.url.replace('https', 'http');
  const step = await lastStep(connection);
  expect(step).toMatchObject({ rung, state: 'failed', error: { code } });
});

test('one that runs is used, and its password is not the one a second start brings', async () => {
  const second = await securedNode({ secure: { password: 'another', storePassword: 'another' } });
  expect(second).toMatchObject({ url: node.url, fingerprint: node.fingerprint, fresh: false });
  expect(await lastStep({ ...node, password: 'another' })).toMatchObject({
    error: { code: 'sign-in-refused' },
  });
});

test('a plain node is another one', async () => {
  expect(await localNodeStatus(directories(), 'secure')).toMatchObject({ state: 'running', url: node.url });
  expect(await localNodeStatus(directories())).toMatchObject({ state: 'stopped' });
});

test('the password is in no file of the node, and its files are for this user alone', () => {
  const { home, config } = nodeFiles(directories(), 'secure');
  const paths = readdirSync(home, { recursive: true }).map((name) => join(home, String(name)));
  const holding = paths.filter(
    (path) => statSync(path).isFile() && readFileSync(path).includes(ADMIN_PASSWORD),
  );
  expect(holding).toEqual([]);
  expect(statSync(home).mode & 0o077).toBe(0);
  const open = readdirSync(config, { recursive: true })
    .map(String)
    .filter((name) => /yml|p12|pem/.test(name))
    .filter((name) => (statSync(join(config, name)).mode & 0o077) !== 0);
  expect(open).toEqual([]);
});

test.runIf(existsSync('/proc/self'))(
  'the password is no argument of its process and not in its environment',
  async () => {
    const { pid } = await localNodeStatus(directories(), 'secure');
    for (const name of ['cmdline', 'environ']) {
      const told = readFileSync(`/proc/${pid}/${name}`, 'utf8');
      expect(told.length).toBeGreaterThan(0);
      expect(told.includes(ADMIN_PASSWORD), name).toBe(false);
    }
  },
);

test('the flags that a start prints are enough, with the password beside them', async () => {
  const passwordFile = join(place.folder, 'password');
  writeFileSync(passwordFile, `${ADMIN_PASSWORD}\n`);
  const words = ['--url', node.url, '--username', node.username, '--fingerprint', node.fingerprint];
  const { exit, stdout } = await runProgram(place, 'doctor', ...words, '--password-file', passwordFile);
  expect(stdout).toContain('as admin');
  expect(exit).toBe(0);
});

test('a start that ends before the node is ready does not count: the next one makes it anew', async () => {
  const state = join(place.folder, 'failed');
  const secure = { password: ADMIN_PASSWORD, storePassword: 'only-4-tests' };
  const stop = new AbortController();
  const starting = (async () => {
    const request = { directories: { ...directories(), state }, env: process.env, secure, firstPort: 9294 };
    for await (const { phase } of startLocalNode({ ...request, signal: stop.signal }))
      if (phase === 'start') stop.abort();
  })();
  await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
  const { made, certificate } = nodeFiles({ ...directories(), state }, 'secure');
  expect(statSync(certificate).size).toBeGreaterThan(0);
  expect(() => statSync(made)).toThrow();
  rmSync(state, { recursive: true, force: true });
});
