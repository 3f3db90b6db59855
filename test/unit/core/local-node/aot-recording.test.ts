// Making the JVM's cache, with a Java that is a shell script.

import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aotArguments, aotCacheOf } from '../../../../src/core/local-node/aot-cache.ts';
import { endOverdueRecordings, makeAotCache } from '../../../../src/core/local-node/aot-recording.ts';
import { type NodeFiles, nodeFiles } from '../../../../src/core/local-node/files.ts';
import { hasEnded } from '../../../../src/core/local-node/processes.ts';

const COMPLETE = 'AOTCache creation is complete';
const root = mkdtempSync(join(tmpdir(), 'incident-demo-recording-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let home: string;
let files: NodeFiles;
let serial = 0;
beforeEach(() => {
  home = join(root, String(++serial));
  mkdirSync(join(home, 'bin'), { recursive: true });
  files = nodeFiles({ cache: join(home, 'cache'), state: join(home, 'state') });
});
afterEach(() => endOverdueRecordings(files, 0));

const java = (major = 25) => ({ home, version: `${major}.0.1`, major });

/** A Java that notes how it was called, makes the file, and then does this. */
function fakeJava(last: string): void {
  const script = [
    '#!/bin/sh',
    `echo "$@" >> ${join(home, 'calls')}`,
    `file=$(echo "$1" | sed 's/.*=//'); echo archive > "$file"`,
    last,
  ];
  writeFileSync(join(home, 'bin', 'java'), script.join('\n'));
  chmodSync(join(home, 'bin', 'java'), 0o755);
}

/** A Java that hangs, as does a process that it has started; both numbers are noted. */
function hangingJava(): void {
  fakeJava(`sleep 60 & echo "$$ $!" > ${join(home, 'pids')}; wait`);
}

async function hangingPids(): Promise<number[]> {
  return vi.waitFor(() => {
    const pids = readFileSync(join(home, 'pids'), 'utf8').trim().split(' ').map(Number);
    expect(pids).toHaveLength(2);
    return pids;
  }, 5000);
}

function age(minutes: number): void {
  const then = (Date.now() - minutes * 60_000) / 1000;
  utimesSync(aotCacheOf(files, java()).pid, then, then);
}

const calls = () => readFileSync(join(home, 'calls'), 'utf8').trim().split('\n');
const made = () => vi.waitFor(async () => expect(await aotArguments(files, java())).toHaveLength(2), 5000);

test('it is made once, in a folder that is not that of the data', async () => {
  fakeJava(`echo "${COMPLETE}: $file"`);
  expect(await makeAotCache(files, java())).toBe(true);
  await made();
  const { file, base } = aotCacheOf(files, java());
  expect(existsSync(file)).toBe(true);
  expect(await makeAotCache(files, java())).toBe(false);
  expect(calls()).toHaveLength(1);
  expect(calls()[0]).toContain(`-XX:AOTCacheOutput=${file}`);
  expect(calls()[0]).toContain(`-basePath ${base} `);
  expect(calls()[0]).not.toContain(files.base);
});

test('its node gets an HTTP address that cannot be bound, whatever the network allows to bind', async () => {
  fakeJava('');
  await makeAotCache(files, java());
  const settings = join(aotCacheOf(files, java()).base, 'node_1', 'config', 'opensearch.yml');
  expect(readFileSync(settings, 'utf8')).toContain('http.host: "fe80::1%no-such-interface"\n');
});

test('a Java below 25 makes none', async () => {
  fakeJava(`echo "${COMPLETE}: $file"`);
  expect(await makeAotCache(files, java(24))).toBe(false);
  expect(existsSync(files.aot)).toBe(false);
});

test('one that is being made is not begun again', async () => {
  hangingJava();
  expect(await makeAotCache(files, java())).toBe(true);
  await hangingPids();
  expect(await makeAotCache(files, java())).toBe(false);
  expect(calls()).toHaveLength(1);
});

test('of two that begin at the same time one makes it', async () => {
  hangingJava();
  const begun = await Promise.all([makeAotCache(files, java()), makeAotCache(files, java())]);
  expect(begun.toSorted()).toEqual([false, true]);
});

test('one that was interrupted is begun again', async () => {
  hangingJava();
  await makeAotCache(files, java());
  const [pid = 0, child = 0] = await hangingPids();
  process.kill(pid, 'SIGKILL');
  process.kill(child, 'SIGKILL');
  await vi.waitFor(async () => expect(await hasEnded(pid)).toBe(true), 5000);
  expect(await aotArguments(files, java())).toEqual([]);
  fakeJava(`echo "${COMPLETE}: $file"`);
  expect(await makeAotCache(files, java())).toBe(true);
  await made();
  expect(calls()).toHaveLength(2);
});

test('one that hangs is ended after five minutes with all that it started, not before', async () => {
  hangingJava();
  await makeAotCache(files, java());
  const pids = await hangingPids();
  age(4);
  await endOverdueRecordings(files);
  expect(await Promise.all(pids.map(hasEnded))).toEqual([false, false]);
  age(6);
  await endOverdueRecordings(files);
  await vi.waitFor(async () => expect(await Promise.all(pids.map(hasEnded))).toEqual([true, true]), 5000);
  expect(await makeAotCache(files, java())).toBe(true);
});

test('a process that got the number later is never ended, and does not count as the recording', async () => {
  const sleeper = spawn('sleep', ['60'], { detached: true });
  try {
    fakeJava('');
    mkdirSync(files.aot, { recursive: true });
    writeFileSync(aotCacheOf(files, java()).pid, String(sleeper.pid));
    age(60);
    await endOverdueRecordings(files);
    expect(await hasEnded(sleeper.pid ?? 0)).toBe(false);
    expect(await makeAotCache(files, java())).toBe(true);
  } finally {
    sleeper.kill();
  }
});

test.each(['', '0', '-1', '1', 'x'])('a damaged note of a process counts as none: "%s"', async (text) => {
  fakeJava('');
  mkdirSync(files.aot, { recursive: true });
  writeFileSync(aotCacheOf(files, java()).pid, text);
  age(60);
  await endOverdueRecordings(files);
  expect(await makeAotCache(files, java())).toBe(true);
});

test('where it cannot be made, nothing happens', async () => {
  expect(await makeAotCache(files, java())).toBe(false);
  expect(await aotArguments(files, java())).toEqual([]);
  writeFileSync(join(home, 'a-file'), '');
  const nowhere = nodeFiles({ cache: join(home, 'a-file', 'cache'), state: home });
  expect(await makeAotCache(nowhere, java())).toBe(false);
  expect(await aotArguments(nowhere, java())).toEqual([]);
  await endOverdueRecordings(nowhere);
});
