import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findJava, javaCandidates, majorOf } from '../../../../src/core/local-node/java.ts';
import { MIN_JAVA } from '../../../../src/core/local-node/release.ts';
import { AppError } from '../../../../src/errors/app-error.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'incident-demo-java-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder that looks like a JDK of this version. */
function jdk(name: string, version: string): string {
  const home = join(root, name);
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(
    join(home, 'release'),
    `IMPLEMENTOR="Test"\nJAVA_VERSION="${version}"\nJAVA_VERSION_DATE="2026-01-01"\n`,
  );
  return home;
}

test.each([
  ['25.0.3', 25],
  ['21', 21],
  ['21-ea', 21],
  ['17.0.15+6', 17],
  ['1.8.0_402', 8],
  ['11.0.2.1', 11],
  ['', 0],
  ['unknown', 0],
])('the feature release of %j is %i', (version, major) => {
  expect(majorOf(version)).toBe(major);
});

test('the newest that is new enough is taken, by number and not by name', async () => {
  const homes = [jdk('a', '17.0.1'), jdk('b', '21.0.2'), jdk('c', '25.0.3'), jdk('d', '1.8.0_402')];
  expect(await findJava({}, homes)).toMatchObject({ major: 25, home: homes[2] });
  expect(await findJava({}, [jdk('nine', '9.0.4'), jdk('twenty-one', '21.0.1')])).toMatchObject({
    major: 21,
  });
});

test('the one that OPENSEARCH_JAVA_HOME names goes first if it is new enough, else it does not matter', async () => {
  const [modern, newest, old] = [jdk('modern', '21.0.2'), jdk('newest', '25.0.3'), jdk('old', '17.0.1')];
  const homes = [modern, newest, old];
  expect((await findJava({ OPENSEARCH_JAVA_HOME: modern }, homes)).home).toBe(modern);
  expect((await findJava({ OPENSEARCH_JAVA_HOME: old }, homes)).home).toBe(newest);
});

test('without a release file the java itself is asked', async () => {
  const home = join(root, 'talks');
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'java'), '#!/bin/sh\necho \'openjdk version "24.0.1" 2025-04-15\' >&2\n');
  chmodSync(join(home, 'bin', 'java'), 0o755);
  expect(await findJava({}, [home])).toEqual({ home, version: '24.0.1', major: 24 });
});

test('what is too old is named, with the version that is needed and a docker line', async () => {
  const error = await findJava({}, [
    jdk('older', '11.0.2'),
    jdk('best', '17.0.9'),
    join(root, 'nothing'),
  ]).catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).message).toMatch(new RegExp(`Java ${MIN_JAVA} or newer.*17\\.0\\.9`));
  expect((error as AppError).values['docker']).toContain('docker run');
});

test('candidates are what the environment names, java on the path, and SDKMAN', async () => {
  const real = jdk('real', '25.0.1');
  writeFileSync(join(real, 'bin', 'java'), '');
  const bin = join(root, 'usr-bin');
  mkdirSync(bin);
  symlinkSync(join(real, 'bin', 'java'), join(bin, 'java'));
  const home = join(root, 'home');
  mkdirSync(join(home, '.sdkman/candidates/java/24-tem'), { recursive: true });
  const candidates = await javaCandidates({
    OPENSEARCH_JAVA_HOME: '/a',
    JAVA_HOME: '/b',
    PATH: `/none:${bin}`,
    HOME: home,
  });
  expect(candidates.slice(0, 2)).toEqual(['/a', '/b']);
  expect(candidates).toContain(real);
  expect(candidates).toContain(join(home, '.sdkman/candidates/java/24-tem'));
});
