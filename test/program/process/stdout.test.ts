// What `generate --stdout` writes, to readers that are slower than it is.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLI, newPlace, runProgram } from '../../helpers/program.ts';

const DATA = ['--days', '1', '--sample', '60', '--seed', '1', '--now', '2026-03-14T23:59:00Z'];

const place = newPlace();
let file: Buffer;

beforeAll(async () => {
  await runProgram(place, 'generate', '--output-dir', 'data', ...DATA);
  file = readFileSync(join(place.folder, 'data', 'all_data.ndjson'));
});

afterAll(() => place.remove());

it.each(['cat', 'sleep 0.3; cat', 'head -c 1000000; sleep 0.3; cat'])(
  'is the data file byte for byte, read by (%s)',
  (reader) => {
    const line = `"$0" "$@" 2>/dev/null | (${reader})`;
    const options = { cwd: place.folder, env: place.env, maxBuffer: 1 << 28 };
    const read = execFileSync(
      'sh',
      ['-c', line, process.execPath, CLI, 'generate', '--stdout', ...DATA],
      options,
    );
    expect(file.length).toBeGreaterThan(10_000_000);
    expect(read.equals(file)).toBe(true);
  },
);
