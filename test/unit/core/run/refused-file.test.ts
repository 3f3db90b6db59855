import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRefused } from '../../../../src/core/run/refused-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incident-demo-refused-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a byte order mark and CRLF, as an editor on Windows leaves them, are no part of a rejected document', () => {
  const file = join(folder, 'refused.ndjson');
  const line = JSON.stringify({ id: 'a-1', reason: 'no', source: '{"n":1}' });
  writeFileSync(file, `\uFEFF${line}\r\n${line.replace('a-1', 'a-2')}\r\n`);
  expect(readRefused(file).map(({ id }) => id)).toEqual(['a-1', 'a-2']);
});
