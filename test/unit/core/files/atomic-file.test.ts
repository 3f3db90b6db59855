import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAtomicFile, writeAtomically } from '../../../../src/core/files/atomic-file.ts';
import { makeFolder, makePrivateFolder } from '../../../../src/core/files/folder.ts';
import { writeJson } from '../../../../src/core/files/json-file.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a file written all or nothing', () => {
  it('is not there before it is complete, and leaves nothing beside it', () => {
    const file = openAtomicFile(folder, 'data');
    file.write(Buffer.from('half'), 1);
    expect(existsSync(join(folder, 'data'))).toBe(false);
    file.finish();
    expect(readdirSync(folder)).toEqual(['data']);
    expect(readFileSync(join(folder, 'data'), 'utf8')).toBe('half');
  });

  it('keeps the old content when writing fails or is given up', () => {
    writeFileSync(join(folder, 'data'), 'old');
    const file = openAtomicFile(folder, 'data');
    file.write(Buffer.from('new'), 1);
    file.discard();
    expect(readFileSync(join(folder, 'data'), 'utf8')).toBe('old');
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'x'), '');
    expect(() => writeAtomically(folder, 'taken', 'new')).toThrow();
    expect(readdirSync(folder).toSorted()).toEqual(['data', 'taken']);
  });

  it('replaces a link instead of following it, also one in the place of the half-written file', () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, join(folder, 'data'));
    symlinkSync(elsewhere, join(folder, '.data.partial'));
    writeAtomically(folder, 'data', 'new');
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, 'data'), 'utf8')).toBe('new');
  });

  it('is private where that is asked for, from its first byte', () => {
    writeAtomically(folder, 'secret', 'x', 0o600);
    expect(modeOf(join(folder, 'secret'))).toBe(0o600);
    const state = join(folder, 'state');
    makeFolder(state);
    writeJson(state, 'run.json', { a: 1 });
    expect([modeOf(state), modeOf(join(state, 'run.json'))]).toEqual([0o700, 0o600]);
    expect(JSON.parse(readFileSync(join(state, 'run.json'), 'utf8'))).toEqual({ a: 1 });
  });
});

describe('a private folder', () => {
  it('is closed to others, with the parents that are new, also where it was open before', () => {
    makePrivateFolder(join(folder, 'a', 'b'));
    expect([modeOf(join(folder, 'a')), modeOf(join(folder, 'a', 'b'))]).toEqual([0o700, 0o700]);
    makeFolder(join(folder, 'open'));
    makePrivateFolder(join(folder, 'open'));
    expect(modeOf(join(folder, 'open'))).toBe(0o700);
  });

  it.skipIf(process.platform !== 'linux')('that cannot be made is an error, not an endless loop', () => {
    expect(() => makePrivateFolder('/proc/incident-demo/state')).toThrow();
  });

  it('cannot be made where a file is', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makePrivateFolder(join(folder, 'file', 'state'))).toThrow();
  });
});
