// What a run does when something is in its way: nothing lost, nothing claimed that is not so.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { ask, askText, countIn } from '../../../helpers/ask.ts';
import { CLI, doneOf, newPlace, type Place, runInto, runProgram, start } from '../../../helpers/program.ts';
import { startProxy } from '../../../helpers/proxy.ts';
import { withFlags } from '../../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const indexes: string[] = [];
let place: Place;

const indexName = (name: string) => {
  const index = `safety-test-${name}-${process.pid}`;
  indexes.push(index);
  return index;
};
const SMALL = [
  '--days',
  '1',
  '--preset',
  'none',
  '--sample',
  '300',
  '--seed',
  '7',
  '--now',
  '2026-03-14T16:00:00Z',
  '--time-zone',
  'UTC',
];
const run = (index: string, ...more: string[]) =>
  runProgram(place, 'run', '--url', url, '--index', index, '--yes', '--json', ...withFlags(SMALL, ...more));
const countOf = (index: string) => countIn(url, index);

beforeAll(() => {
  place = newPlace();
});
afterEach(async () => {
  for (const index of indexes.splice(0)) await fetch(`${url}/${index}*`, { method: 'DELETE' });
});
afterAll(() => place.remove());

test('a reader of standard output that leaves stops the load, which is not called whole', async () => {
  const index = indexName('epipe');
  const child = spawn(
    process.execPath,
    [CLI, 'run', '--url', url, '--index', index, '--yes', '--json', ...withFlags(SMALL, '--sample', '10')],
    {
      cwd: place.folder,
      env: place.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  child.stdout.once('data', () => child.stdout.destroy());
  const exit = await new Promise((resolve) => child.on('close', resolve));
  expect(exit).toBe(130);
});

test('an interrupted run says how much is missing', async () => {
  const index = indexName('interrupted');
  const { child, done, output } = start(place, [
    ...runInto(url, index),
    ...withFlags(SMALL, '--sample', '5'),
  ]);
  while (!output().includes('"type":"progress"')) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGTERM');
  const stopped = await done;
  expect(stopped.exit).toBe(143);
  const { planned, acknowledged } = doneOf(stopped).documents;
  expect(planned).toBeGreaterThan(acknowledged);
});

test('a damaged file is found before the index it would replace is touched', async () => {
  const index = indexName('damaged');
  const { planned } = doneOf(await run(index)).documents;
  await runProgram(place, 'generate', '--output-dir', 'damaged', ...SMALL);
  const file = join(place.folder, 'damaged', 'all_data.ndjson');
  const text = readFileSync(file, 'utf8');
  for (const broken of [text.slice(0, -40), '']) {
    writeFileSync(file, broken);
    const finished = await runProgram(
      place,
      'load',
      '--output-dir',
      'damaged',
      '--url',
      url,
      '--index',
      index,
      '--on-conflict',
      'replace',
      '--json',
    );
    expect(finished.exit).toBe(2);
    expect(doneOf(finished).error?.code).toBe('data-file');
    expect(await countOf(index)).toBe(planned);
  }
});

test('parts that start together become one whole, each under a name of its own', async () => {
  const index = indexName('together');
  const parts = await Promise.all(['1/3', '2/3', '3/3'].map((part) => run(index, '--part', part)));
  expect(parts.map(({ exit }) => exit)).toEqual([0, 0, 0]);
  const planned = parts.map((part) => doneOf(part).documents.planned).reduce((sum, part) => sum + part, 0);
  expect(await countOf(index)).toBe(planned);
  expect((await runProgram(place, 'validate', '--url', url, '--index', index)).exit).toBe(0);
});

test('a part that fails before it sends anything leaves the index to the other parts', async () => {
  const index = indexName('left-to-others');
  let settings = 0;
  const proxy = await startProxy({
    target: url,
    // For the ladder, to load fast, and then to know which index it is.
    act: ({ method, path }) =>
      method === 'GET' && path === `/${index}/_settings` && ++settings === 3
        ? { status: 400, body: '{"error":{"type":"illegal_argument_exception","reason":"no"}}' }
        : 'pass',
  });
  const where = ['--url', proxy.url, '--index', index, '--json', ...SMALL];
  const part = await runProgram(place, 'run', ...where, '--part', '1/2');
  expect(doneOf(part).error?.code).toBe('request-failed');
  expect((await fetch(`${url}/${index}`)).status).toBe(200);
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  settings = 0;
  // A run that is alone takes its empty index away again.
  const alone = await runProgram(place, 'run', ...where);
  await proxy.close();
  expect(doneOf(alone).error?.code).toBe('request-failed');
  expect((await fetch(`${url}/${index}`)).status).toBe(404);
});

test('a state folder that cannot be written is said before an index is made', async () => {
  const index = indexName('state');
  writeFileSync(join(place.folder, 'a-file'), '');
  const blocked = { ...place, env: { ...place.env, XDG_STATE_HOME: join(place.folder, 'a-file') } };
  const finished = await runProgram(blocked, ...runInto(url, index), ...SMALL);
  expect(finished.exit).toBe(2);
  expect(doneOf(finished).error?.code).toBe('state-unwritable');
  expect((await fetch(`${url}/${index}`)).status).toBe(404);
});

test('nothing that comes from an index can steer the terminal', async () => {
  const index = indexName('hostile');
  await run(index);
  const { [index]: found } = await ask<Record<string, { mappings: { _meta: Record<string, unknown> } }>>(
    `${url}/${index}/_mapping`,
  );
  const evil = { ...found?.mappings._meta, run: '\u001b[2J\u202egnp.exe' };
  await askText(`${url}/${index}/_mapping`, { method: 'PUT', body: { _meta: evil } });
  for (const command of ['validate', 'clean', 'run']) {
    const { stdout, stderr } = await runProgram(
      place,
      command,
      '--url',
      url,
      '--index',
      index,
      ...(command === 'run' ? SMALL : []),
    );
    expect(stdout + stderr).not.toMatch(/[\u001b\u202e\u009b]/);
    expect((stdout + stderr).length).toBeGreaterThan(0);
  }
});
