// `guide`: the guide of an index again, on standard output or as a file.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { askText } from '../../helpers/ask.ts';
import { newPlace, type Place, runProgram } from '../../helpers/program.ts';

const url = inject('openSearchUrl');
const index = `guide-test-${process.pid}`;
const other = `${index}-other`;
let place: Place;
const guide = (...more: string[]) => runProgram(place, 'guide', '--url', url, '--index', index, ...more);
const runs = () => join(place.folder, 'state', 'incident-demo', 'runs');

beforeAll(async () => {
  place = newPlace();
  const data = ['--days', '1', '--seed', '7', '--sample', '300', '--time-zone', 'UTC'];
  const now = ['--now', '2026-03-14T16:00:00Z'];
  const { exit } = await runProgram(place, 'run', '--url', url, '--index', index, '--yes', ...data, ...now);
  expect(exit).toBe(0);
  await askText(`${url}/${other}`, { method: 'PUT' });
});
afterAll(async () => {
  await fetch(`${url}/${index},${other}?ignore_unavailable=true`, { method: 'DELETE' });
  place.remove();
});

/** What a run has written, in a format. */
function written(format: string): string {
  const [run = ''] = readdirSync(runs());
  return readFileSync(join(runs(), run, `investigation.${format}`), 'utf8');
}

test('prints the guide that the run has written, and nothing else', async () => {
  const { exit, stdout, stderr } = await guide();
  expect([exit, stderr]).toEqual([0, '']);
  expect(stdout.startsWith('# Investigation guide\n')).toBe(true);
  expect(stdout).toBe(written('md'));
  expect(stdout.length).toBeGreaterThan(1000);
});

test('writes one page of HTML into a folder, and leaves the folder as it is', async () => {
  const folder = join(place.folder, 'mine');
  mkdirSync(folder, { mode: 0o755 });
  const { exit, stdout } = await guide('--guide-format', 'html', '--output-dir', folder);
  const file = join(folder, 'investigation.html');
  expect([exit, stdout]).toEqual([0, `Investigation guide: ${file}\n`]);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
  expect(readFileSync(file, 'utf8')).toBe(written('html'));
  expect(existsSync(join(folder, 'investigation.md'))).toBe(false);
});

test('gives the text as an event with --json, and says what is wrong with an index', async () => {
  const { stdout } = await guide('--json');
  expect(JSON.parse(stdout)).toMatchObject({ type: 'done', ok: true, index, format: 'md' });
  expect((JSON.parse(stdout) as { text: string }).text).toContain('# Investigation guide');
  const foreign = await runProgram(place, 'guide', '--url', url, '--index', other);
  expect(foreign.stdout).toBe('');
  expect(foreign.stderr).toContain(other);
  expect(foreign.exit).not.toBe(0);
  const missing = await runProgram(place, 'guide', '--url', url, '--index', `${index}-none`);
  expect([missing.stdout, missing.exit]).toEqual(['', 2]);
});
