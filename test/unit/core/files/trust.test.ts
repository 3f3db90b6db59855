import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makePrivateFolder } from '../../../../src/core/files/folder.ts';
import { readJson, writeJson } from '../../../../src/core/files/json-file.ts';
import { folderProblem } from '../../../../src/core/files/trust.ts';

const OTHER = 12_345;
/** Only root can give folders to other users. */
const isRoot = userInfo().uid === 0;

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'incident-demo-trust-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** A folder below the base, with these rights whatever the umask is. */
function folder(name: string, mode = 0o700): string {
  const path = join(base, name);
  mkdirSync(path);
  chmodSync(path, mode);
  return path;
}

test('a folder of our own, or one that does not exist yet, is safe', () => {
  expect(folderProblem(folder('own'))).toBeUndefined();
  expect(folderProblem(folder('read-by-others', 0o755))).toBeUndefined();
  expect(folderProblem(join(base, 'not', 'yet'))).toBeUndefined();
});

test.each([0o770, 0o777, 0o1777])('one that others can write (%o) is not', (mode) => {
  const path = folder('open', mode);
  expect(folderProblem(path)).toBe(`other users can write to ${path}`);
  expect(() => makePrivateFolder(path)).toThrow('other users can write');
});

test('nor is a folder in one that all can write, unless it is like /tmp', () => {
  const open = folder('all', 0o777);
  expect(folderProblem(join(open, 'incident-demo'))).toBe(`every user can write to ${open}`);
  expect(folderProblem(join(folder('tmp', 0o1777), 'incident-demo'))).toBeUndefined();
});

test('a link leads to where it leads', () => {
  symlinkSync(folder('all', 0o777), join(base, 'link'));
  expect(folderProblem(join(base, 'link', 'incident-demo'))).toContain('every user can write');
});

test('what others could have written is not read, and nothing is written there', () => {
  const path = folder('open');
  writeJson(path, 'run.json', { a: 1 });
  expect(readJson(path, 'run.json')).toEqual({ a: 1 });
  chmodSync(path, 0o777);
  expect(readJson(path, 'run.json')).toBeUndefined();
  expect(() => writeJson(path, 'run.json', { a: 2 })).toThrow('other users can write to');
});

describe.runIf(isRoot)('of another user', () => {
  test('a folder, a folder above it, and a link', () => {
    const path = folder('theirs');
    mkdirSync(join(path, 'incident-demo'));
    symlinkSync(folder('own'), join(base, 'link'));
    chownSync(path, OTHER, OTHER);
    expect(folderProblem(path)).toBe(`${path} belongs to another user`);
    expect(folderProblem(join(path, 'incident-demo'))).toBe(`${path} belongs to another user`);
    expect(folderProblem(join(base, 'link'))).toBeUndefined();
  });

  test('a folder above it that another group can write', () => {
    const path = folder('shared', 0o770);
    expect(folderProblem(join(path, 'incident-demo'))).toBeUndefined();
    chownSync(path, userInfo().uid, OTHER);
    expect(folderProblem(join(path, 'incident-demo'))).toBe(`other users can write to ${path}`);
  });
});
