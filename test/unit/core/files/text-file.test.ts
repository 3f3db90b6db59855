// Files a person names: read up to a limit; a device or a pipe without end is refused, never waited for.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFirstLine, readTextFile } from '../../../../src/core/files/text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'incident-demo-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  return path;
}

function pipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

describe('a text file', () => {
  it('is read whole up to the limit, and refused beyond it', () => {
    expect(readTextFile(file('a€b'), 1)).toBe('a€b');
    expect(readTextFile(file('x'.repeat(1e6)), 1)).toHaveLength(1e6);
    expect(() => readTextFile(file('x'.repeat(1e6 + 1)), 1)).toThrow('it is longer than 1 MB');
  });
  it('is an ordinary file', () => {
    for (const path of ['/dev/zero', pipe('nobody-writes')])
      expect(() => readTextFile(path, 1)).toThrow(
        `The file ${path} cannot be read: it is a device or a pipe`,
      );
    expect(() => readTextFile(folder, 1)).toThrow('it is a folder');
    expect(() => readTextFile(join(folder, 'none'), 1)).toThrow('it does not exist');
  });
});

describe('the first line', () => {
  it('ends where the line ends, however long the file is', () => {
    expect(readFirstLine(file('secret\r\nnote'))).toBe('secret');
    expect(readFirstLine(file('secret'))).toBe('secret');
    expect(readFirstLine(file(''))).toBe('');
    expect(readFirstLine(file(`secret\n${'x'.repeat(1e6)}`))).toBe('secret');
  });
  it('may come from a pipe, as of <(pass show x), also from one that is never closed', () => {
    const path = pipe('password');
    const writer = spawn('bash', ['-c', 'exec 3>"$0"; printf sec >&3; printf "ret\\n" >&3; read -r', path]);
    try {
      expect(readFirstLine(path)).toBe('secret');
    } finally {
      writer.kill();
    }
  });
  it('is refused when it has no end', () => {
    expect(() => readFirstLine('/dev/zero')).toThrow('its first line is longer than 4096 bytes');
    expect(() => readFirstLine(folder)).toThrow('it is a folder');
  });
});
