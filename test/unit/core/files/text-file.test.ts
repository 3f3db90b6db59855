// Files a person names: read up to a limit; a device or a pipe without end is refused, never waited for.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFirstLine, readSecret, readTextFile } from '../../../../src/core/files/text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'incident-demo-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string | Buffer): string {
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

/** As Notepad and PowerShell 5 write it. */
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('a secret', () => {
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFs€cret\r\n')],
    ['UTF-16, little end first', utf16('s€cret\r\n')],
    ['UTF-16, big end first', utf16('s€cret\r\n').swap16()],
  ])('in %s has no mark in it', (_, bytes) => {
    expect(readSecret(file(bytes), '--password-file')).toBe('s€cret');
  });
  it('in UTF-16 may hold a character with the byte of a line end', () => {
    expect(readSecret(file(utf16('a\u010Ab\u0A01c\n')), '--password-file')).toBe('a\u010Ab\u0A01c');
  });
  it('in UTF-16 without a mark is refused, and so is an empty one', () => {
    const unmarked = file(Buffer.from('secret', 'utf16le'));
    expect(() => readSecret(unmarked, '--password-file')).toThrow('save it as UTF-8');
    expect(() => readSecret(file('\nsecond'), '--token-file')).toThrow(
      'The file of --token-file cannot be read: its first line is empty',
    );
  });
  it('that was given instead of its file is not repeated', () => {
    expect(() => readSecret('s3cr3tPW', '--password-file')).toThrow(
      'The file of --password-file cannot be read: it does not exist',
    );
  });
});
