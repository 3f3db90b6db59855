// What a start does with the JVM's cache.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  aotArguments,
  aotCacheOf,
  cacheWasRejected,
  removeAotCache,
} from '../../../../src/core/local-node/aot-cache.ts';
import { type NodeFiles, nodeFiles } from '../../../../src/core/local-node/files.ts';

const root = mkdtempSync(join(tmpdir(), 'incident-demo-aot-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let files: NodeFiles;
let serial = 0;
beforeEach(() => {
  const home = join(root, String(++serial));
  files = nodeFiles({ cache: join(home, 'cache'), state: join(home, 'state') });
  mkdirSync(files.aot, { recursive: true });
  mkdirSync(files.home, { recursive: true });
});

const java = (major = 25) => ({ home: '/jdk', version: `${major}.0.1`, major });

function makeCache(major: number, printed = 'AOTCache creation is complete: 25.aot'): void {
  const { file, log, pid, base } = aotCacheOf(files, java(major));
  mkdirSync(base);
  for (const path of [file, `${file}.config`, pid]) writeFileSync(path, 'x');
  writeFileSync(log, printed);
}

test('a complete one is used and verified, and what it was made with goes', async () => {
  makeCache(25);
  const { file, pid, base } = aotCacheOf(files, java());
  expect(await aotArguments(files, java())).toEqual([`-XX:AOTCache=${file}`, '-XX:+VerifySharedSpaces']);
  expect([pid, base].filter((path) => existsSync(path))).toEqual([]);
});

test('one that is not complete is not used, and stays for the process that makes it', async () => {
  makeCache(25, 'Temporary AOTConfiguration recorded');
  expect(await aotArguments(files, java())).toEqual([]);
  expect(existsSync(aotCacheOf(files, java()).base)).toBe(true);
});

test('a Java below 25 uses none', async () => {
  makeCache(24);
  expect(await aotArguments(files, java(24))).toEqual([]);
});

test('each Java has its own, and only its own is removed, whole', async () => {
  makeCache(25);
  makeCache(26);
  expect(await aotArguments(files, { ...java(25), home: '/another' })).toEqual([]);
  await removeAotCache(files, java(25));
  expect(await aotArguments(files, java(25))).toEqual([]);
  expect(readdirSync(files.aot).filter((name) => name.startsWith('25'))).toEqual([]);
  expect(await aotArguments(files, java(26))).toHaveLength(2);
});

// As Java 25 prints it for a file with a wrong checksum, and for a jar that has changed since.
test.each([
  ['a sound start', '[2026-11-24T16:00:00,000][INFO ][o.o.n.Node] started\n', false],
  [
    'a damaged file',
    '[0.006s][error  ][aot] An error has occurred while processing the AOT cache. Run with -Xlog:aot for details.\n',
    true,
  ],
  ['a changed jar', '[0.006s][error  ][aot] Unable to map shared spaces\n', true],
])('the log of the node tells whether its JVM rejected the cache: %s', async (_, printed, rejected) => {
  writeFileSync(files.log, printed);
  expect(await cacheWasRejected(files)).toBe(rejected);
});

test('without a log nothing was rejected', async () => {
  expect(await cacheWasRejected(files)).toBe(false);
});
