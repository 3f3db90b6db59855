// Jars are checked and downloaded, with a Maven that is a shell script.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { NodeEvent } from '../../../../src/core/events.ts';
import { OPENSEARCH } from '../../../../src/core/local-node/downloads.ts';
import { fetchJars } from '../../../../src/core/local-node/jars.ts';

/** SHA-256 of `one` and `two`, from `printf one | sha256sum`. */
const SUMS = {
  'a.jar': '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
  'b.jar': '3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',
};

/** As OpenSearch is fetched, but these jars only. */
const download = { ...OPENSEARCH, sums: SUMS };

let home: string;
const homes: string[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'incident-demo-jars-'));
  homes.push(home);
});
afterAll(() => {
  for (const path of homes) rmSync(path, { recursive: true, force: true });
});

const jars = () => join(home, 'cache', 'lib');
const calls = () => (existsSync(join(home, 'calls')) ? readFileSync(join(home, 'calls'), 'utf8') : '');

/** A Maven that writes these files, and notes how it was called. */
function maven(a: string, b: string): void {
  const lines = [
    '#!/bin/sh',
    `echo "$@" >> ${join(home, 'calls')}`,
    `to=$(echo "$@" | sed 's/.*-DoutputDirectory=\\([^ ]*\\).*/\\1/')`,
    `printf '${a}' > "$to/a.jar"; printf '${b}' > "$to/b.jar"`,
  ];
  writeFileSync(join(home, 'mvn'), lines.join('\n'));
  chmodSync(join(home, 'mvn'), 0o755);
}

async function fetch(): Promise<NodeEvent[]> {
  const env = { PATH: `${home}:/usr/bin:/bin` };
  const events: NodeEvent[] = [];
  for await (const event of fetchJars({ download, folder: jars(), javaHome: '/java', env }))
    events.push(event);
  return events;
}

const contents = () => ['a.jar', 'b.jar'].map((name) => readFileSync(join(jars(), name), 'utf8'));

test('the first time all are downloaded, with strict checksums; then none is', async () => {
  maven('one', 'two');
  expect((await fetch()).map(({ phase }) => phase)).toEqual(['fetch']);
  expect(contents()).toEqual(['one', 'two']);
  expect(calls()).toContain('--strict-checksums');
  expect(readdirSync(join(home, 'cache')).toSorted()).toEqual(['lib', 'pom.xml']);
  rmSync(join(home, 'mvn'));
  expect(await fetch()).toEqual([]);
});

test.each([
  ['missing', (path: string) => rmSync(path)],
  ['damaged, with the same size', (path: string) => writeFileSync(path, 'tw0')],
  ['cut off', (path: string) => writeFileSync(path, 't')],
])('a jar that is %s is downloaded again, the others stay', async (_, spoil) => {
  maven('one', 'two');
  await fetch();
  const before = readFileSync(join(home, 'calls'), 'utf8').split('\n').length;
  writeFileSync(join(jars(), 'other.jar'), 'not ours');
  spoil(join(jars(), 'b.jar'));
  // What a JVM kept of the old jars does not fit the new ones.
  mkdirSync(join(home, 'cache', 'aot'));
  expect((await fetch()).length).toBeGreaterThan(0);
  expect(contents()).toEqual(['one', 'two']);
  expect(calls().split('\n').length).toBe(before + 1);
  expect(readFileSync(join(jars(), 'other.jar'), 'utf8')).toBe('not ours');
  expect(existsSync(join(home, 'cache', 'aot'))).toBe(false);
});

test('a jar whose checksum is not the known one is refused in one sentence, and nothing of it stays', async () => {
  maven('one', 'evil');
  await expect(fetch()).rejects.toMatchObject({
    code: 'jar-mismatch',
    message: 'Maven delivered a b.jar whose SHA-256 is not the expected one',
  });
  expect(existsSync(jars())).toBe(false);
  expect(readdirSync(join(home, 'cache'))).toEqual(['pom.xml']);
  maven('one', 'two');
  await fetch();
  expect(contents()).toEqual(['one', 'two']);
});

test('a folder that others can write to is not used, not even with the right jars: they could exchange one', async () => {
  maven('one', 'two');
  await fetch();
  chmodSync(join(home, 'cache'), 0o777);
  await expect(fetch()).rejects.toThrow(`other users can write to ${join(home, 'cache')}`);
  chmodSync(join(home, 'cache'), 0o700);
  expect(await fetch()).toEqual([]);
});

test('a Maven that delivers less is refused too', async () => {
  maven('one', 'two');
  writeFileSync(join(home, 'mvn'), '#!/bin/sh\nexit 0\n');
  await expect(fetch()).rejects.toMatchObject({ code: 'jar-mismatch' });
});
