// The JVM's cache, with a Java that is a shell script.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { aotArguments, makeAotCache, removeAotCaches } from '../../../../src/core/local-node/aot-cache.ts';
import { type NodeFiles, nodeFiles } from '../../../../src/core/local-node/files.ts';

const root = mkdtempSync(join(tmpdir(), 'incident-demo-aot-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let home: string;
let files: NodeFiles;
let serial = 0;
beforeEach(() => {
  home = join(root, String(++serial));
  mkdirSync(join(home, 'bin'), { recursive: true });
  files = nodeFiles({ cache: join(home, 'cache'), state: join(home, 'state') });
});

const java = (major = 25) => ({ home, version: `${major}.0.1`, major });

/** A Java that notes how it was called, makes the file, and prints these words. */
function fakeJava(words: string): void {
  const script = [
    '#!/bin/sh',
    `echo "$@" >> ${join(home, 'calls')}`,
    `file=$(echo "$1" | sed 's/.*=//'); echo archive > "$file"`,
    `echo "${words}: $file"`,
  ];
  writeFileSync(join(home, 'bin', 'java'), script.join('\n'));
  chmodSync(join(home, 'bin', 'java'), 0o755);
}

const calls = () => readFileSync(join(home, 'calls'), 'utf8').trim().split('\n');
const fileIn = (words: readonly string[]) => words[0]?.replace('-XX:AOTCache=', '') ?? '';

test('it is made once, in a folder that is not that of the data, and then used and verified', async () => {
  fakeJava('AOTCache creation is complete');
  expect(await aotArguments(files, java())).toEqual([]);
  await makeAotCache(files, java());
  await vi.waitFor(async () => expect(await aotArguments(files, java())).toHaveLength(2), 5000);
  const words = await aotArguments(files, java());
  expect(words).toContain('-XX:+VerifySharedSpaces');
  expect(existsSync(fileIn(words))).toBe(true);
  await makeAotCache(files, java());
  expect(calls()).toHaveLength(1);
  expect(calls()[0]).toContain(`-XX:AOTCacheOutput=${fileIn(words)}`);
  expect(calls()[0]).not.toContain(files.base);
  expect(existsSync(fileIn(words).replace('.aot', ''))).toBe(false);
});

test('each Java has its own, and one that is too old has none', async () => {
  fakeJava('AOTCache creation is complete');
  await makeAotCache(files, java(24));
  expect(existsSync(join(home, 'calls'))).toBe(false);
  await makeAotCache(files, java(25));
  await vi.waitFor(async () => expect(await aotArguments(files, java(25))).toHaveLength(2), 5000);
  expect(await aotArguments(files, java(26))).toEqual([]);
  expect(await aotArguments(files, { ...java(25), home: '/another' })).toEqual([]);
  await removeAotCaches(files);
  expect(await aotArguments(files, java(25))).toEqual([]);
});

test('one that was not finished is not used, and not begun again', async () => {
  fakeJava('An error has occurred');
  await makeAotCache(files, java());
  await vi.waitFor(() => expect(calls()).toHaveLength(1), 5000);
  expect(await aotArguments(files, java())).toEqual([]);
  await makeAotCache(files, java());
  expect(calls()).toHaveLength(1);
});

test('where it cannot be made, nothing happens', async () => {
  await makeAotCache(files, java());
  expect(await aotArguments(files, java())).toEqual([]);
  writeFileSync(join(home, 'a-file'), '');
  const nowhere = nodeFiles({ cache: join(home, 'a-file', 'cache'), state: home });
  await makeAotCache(nowhere, java());
  expect(await aotArguments(nowhere, java())).toEqual([]);
});
