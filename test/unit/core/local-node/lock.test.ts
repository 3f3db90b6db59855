import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock } from '../../../../src/core/local-node/lock.ts';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incident-demo-lock-'));
  lock = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('only one at a time holds it, and everybody gets a turn', async () => {
  let inside = 0;
  let most = 0;
  const turn = async () => {
    const release = await acquireLock(lock);
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
    await release();
  };
  await Promise.all([turn(), turn(), turn(), turn()]);
  expect(most).toBe(1);
  expect(existsSync(lock)).toBe(false);
});

test.each([
  ['a process that is gone', '999999999\nnode cli.js'],
  ['another program that has the number now', `${process.pid}\nsomething else entirely`],
  ['nobody at all', ''],
])('a lock of %s is taken over', async (_, owner) => {
  writeFileSync(lock, owner);
  const release = await acquireLock(lock, AbortSignal.timeout(2000));
  await release();
  expect(existsSync(lock)).toBe(false);
});

test('waiting ends with the signal', async () => {
  const release = await acquireLock(lock);
  await expect(acquireLock(lock, AbortSignal.timeout(50))).rejects.toThrow();
  expect(existsSync(lock)).toBe(true);
  await release();
});
