// One certificate trusted by its SHA-256: that one and no other, under whatever name it is reached.

import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/client.ts';
import { climbLadder } from '../../../../src/core/cluster/ladder/ladder.ts';
import type { Connection, LadderStep } from '../../../../src/core/cluster/types.ts';
import {
  type Authority,
  type Certificate,
  makeAuthority,
  selfSigned,
} from '../../../helpers/certificates.ts';
import { newPlace, runProgram } from '../../../helpers/program.ts';
import { type RunningProxy, startProxy } from '../../../helpers/proxy.ts';

const target = inject('openSearchUrl');
let authority: Authority;
let proxy: RunningProxy | undefined;

beforeAll(() => {
  authority = makeAuthority();
});
afterAll(() => authority.remove());
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});

const sha256 = ({ cert }: Certificate) => new X509Certificate(cert).fingerprint256;

async function connectionTo(certificate: Certificate, fingerprint: string): Promise<Connection> {
  proxy = await startProxy({ target, certificate });
  return { url: proxy.url, fingerprint };
}

async function lastStep(connection: Connection): Promise<LadderStep | undefined> {
  let last: LadderStep | undefined;
  for await (const step of climbLadder(connection, undefined, { index: 'trust_test' })) last = step;
  return last;
}

describe('a certificate trusted by its SHA-256', () => {
  test.each([
    ['signed by itself', () => selfSigned('localhost')],
    ['signed by an authority that nobody knows', () => authority.issue(['localhost'])],
  ])('%s passes every rung and every request', async (_, make) => {
    const certificate = make();
    const connection = await connectionTo(certificate, sha256(certificate));
    expect(await lastStep(connection)).toMatchObject({ rung: 'space', state: 'ok' });
    const cluster = await openCluster(connection, {});
    expect((await cluster.request({ method: 'GET', path: '/' })).status).toBe(200);
    await cluster.close();
  });

  test('is shown with its names, its end and its SHA-256 before it is trusted', async () => {
    const certificate = selfSigned('localhost');
    const { url } = await connectionTo(certificate, '');
    const { rung, error } = (await lastStep({ url })) ?? {};
    expect(rung).toBe('trust');
    expect(error?.values).toMatchObject({
      subject: 'localhost',
      names: 'localhost',
      fingerprint: sha256(certificate),
    });
    expect(error?.explain().actions).toContainEqual(
      `Trust this one certificate: --fingerprint ${sha256(certificate)}`,
    );
  });

  test('does not let another one pass, and says both', async () => {
    const trusted = sha256(selfSigned('localhost'));
    const certificate = selfSigned('localhost');
    const connection = await connectionTo(certificate, trusted);
    const { rung, error } = (await lastStep(connection)) ?? {};
    expect(rung).toBe('trust');
    expect(error?.code).toBe('certificate-changed');
    expect(error?.explain().why).toContain(trusted);
    expect(error?.explain().why).toContain(sha256(certificate));
    await expect(openCluster(connection, {})).rejects.toMatchObject({ code: 'certificate-changed' });
    expect(proxy?.seen).toEqual([]);
  });

  test('stands for its host, although it lists other names', async () => {
    const certificate = selfSigned('other.example');
    const connection = await connectionTo(certificate, sha256(certificate));
    expect(await lastStep(connection)).toMatchObject({ rung: 'space', state: 'ok' });
    const cluster = await openCluster(connection, {});
    expect((await cluster.request({ method: 'GET', path: '/' })).status).toBe(200);
    await cluster.close();
  });

  test('does not let one pass that it has signed', async () => {
    const connection = await connectionTo(authority.issue(['other.example']), sha256(authority));
    expect((await lastStep(connection))?.error?.code).toBe('certificate-changed');
    expect(proxy?.seen).toEqual([]);
  });

  test('is what is offered where the names do not fit', async () => {
    const certificate = authority.issue(['other.example']);
    const { url } = await connectionTo(certificate, '');
    const { error } = (await lastStep({ url, caFile: authority.caFile })) ?? {};
    expect(error?.code).toBe('certificate-name');
    expect(error?.explain().actions.join()).toContain(`--fingerprint ${sha256(certificate)}`);
  });

  test('that has ended is refused by its date', async () => {
    const certificate = authority.issue(['localhost'], 'past');
    const { error } = (await lastStep(await connectionTo(certificate, sha256(certificate)))) ?? {};
    expect(error?.code).toBe('certificate-expired');
  });
});

describe('a CA file', () => {
  test('without a certificate is said to be one', async () => {
    const place = newPlace();
    const file = join(place.folder, 'ca.pem');
    writeFileSync(file, 'not a certificate\n');
    const { url } = await connectionTo(selfSigned('localhost'), '');
    const { error } = (await lastStep({ url, caFile: file })) ?? {};
    expect(error).toMatchObject({ code: 'file-unreadable' });
    expect(error?.message).toContain('it holds no certificate in PEM');
    place.remove();
  });
});

describe('the command line', () => {
  test('takes a fingerprint, and says aloud when nothing is checked', async () => {
    const place = newPlace();
    const certificate = selfSigned('localhost');
    const { url } = await connectionTo(certificate, '');
    const lower = sha256(certificate).toLowerCase().replaceAll(':', '');
    const trusted = await runProgram(place, 'doctor', '--url', url, '--fingerprint', lower);
    expect(trusted.exit).toBe(0);
    expect(trusted.stdout).toContain('trusted by its SHA-256');
    const wrong = await runProgram(place, 'doctor', '--url', url, '--fingerprint', 'AB:CD');
    expect(wrong.exit).toBe(2);
    const args = ['--url', url, '--insecure', '--index', 'trust_missing'];
    const { stderr } = await runProgram(place, 'validate', ...args);
    expect(stderr).toContain(`The certificate of ${url} is not checked in this run`);
    place.remove();
  });
});
