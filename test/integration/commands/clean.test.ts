// Deleting: what is listed, what goes, what stays.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { askText } from '../../helpers/ask.ts';
import { newPlace, type Place, runProgram } from '../../helpers/program.ts';
import { type Act, startProxy } from '../../helpers/proxy.ts';
import { Terminal } from '../../helpers/pty.ts';
import { SMALL_DAY } from '../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const index = `clean-test-${process.pid}`;
let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(async () => {
  await fetch(`${url}/${index},${index}-2?ignore_unavailable=true`, { method: 'DELETE' });
  place.remove();
});
const load = (name = index) =>
  runProgram(place, 'run', '--url', url, '--index', name, '--yes', ...SMALL_DAY, '--sample', '3000');
const clean = (...more: string[]) => runProgram(place, 'clean', '--url', url, '--index', index, ...more);
const runs = () => join(place.folder, 'state', 'incident-demo', 'runs');
const statusOf = async (name: string) => (await fetch(`${url}/${name}`)).status;

test('lists first, then removes the index and what is remembered of the run, and nothing else', async () => {
  await load();
  const [first = ''] = readdirSync(runs());
  await load(`${index}-2`);
  const [second = ''] = readdirSync(runs()).filter((id) => id !== first);
  expect(statSync(join(runs(), first)).mode & 0o777).toBe(0o700);
  const unasked = await clean();
  expect(unasked.exit).toBe(2);
  expect(unasked.stderr).toContain(`the index ${index}, `);
  expect(unasked.stderr).toContain(`the state of run ${first}, in ${join(runs(), first)}`);
  expect(unasked.stderr).not.toContain(second);
  expect(unasked.stderr).toContain('--yes');
  expect([await statusOf(index), readdirSync(runs()).length]).toEqual([200, 2]);

  const { exit, stdout } = await clean('--yes', '--json');
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ type: 'done', ok: true, removed: [index], forgotten: [first] });
  expect([await statusOf(index), await statusOf(`${index}-2`), readdirSync(runs())]).toEqual([
    404,
    200,
    [second],
  ]);
});

test('the run that made the index is found also when its cluster has another address now', async () => {
  await load();
  const [run = ''] = readdirSync(runs());
  const proxy = await startProxy({ target: url, act: () => 'pass' });
  try {
    const where = ['--url', proxy.url, '--index', index, '--yes', '--json'];
    const { stdout } = await runProgram(place, 'clean', ...where);
    expect(JSON.parse(stdout)).toMatchObject({ removed: [index], forgotten: [run] });
    expect(readdirSync(runs())).toEqual([]);
  } finally {
    await proxy.close();
  }
});

test('the second time there is nothing left to do', async () => {
  await load();
  expect((await clean('--yes')).exit).toBe(0);
  const again = await clean('--yes');
  expect(again.exit).toBe(0);
  expect(again.stdout).toContain('nothing to remove');
});

test('goes on where a piece is missing: the index, the memory of the run, or the whole state', async () => {
  await load();
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  expect((await clean('--yes')).exit).toBe(0);
  expect(readdirSync(runs())).toEqual([]);

  await load();
  rmSync(join(place.folder, 'state'), { recursive: true });
  expect((await clean('--yes')).exit).toBe(0);
  expect(await statusOf(index)).toBe(404);

  await load();
  const [run = ''] = readdirSync(runs());
  rmSync(join(runs(), run, 'run.json'));
  mkdirSync(join(runs(), 'not-a-run'));
  expect((await clean('--yes')).exit).toBe(0);
  expect(existsSync(join(runs(), 'not-a-run'))).toBe(true);
});

test('an index that is deleted by somebody else in between is gone all the same', async () => {
  await load();
  let looked = 0;
  // The second look at the index, just before it is deleted, finds it; the request to delete it does not.
  const act = async ({ method, path }: { method: string; path: string }): Promise<Act> => {
    if (path === `/${index}`) looked++;
    if (method === 'DELETE') await fetch(`${url}/${index}`, { method: 'DELETE' });
    return 'pass';
  };
  const proxy = await startProxy({ target: url, act });
  try {
    const where = ['--url', proxy.url, '--index', index, '--yes'];
    expect((await runProgram(place, 'clean', ...where)).exit).toBe(0);
    expect(looked).toBeGreaterThan(1);
  } finally {
    await proxy.close();
  }
});

test('an index of somebody else, and one whose _meta only looks like ours, stay', async () => {
  for (const _meta of [undefined, { tool: 'another' }, { run: 'incident-demo' }]) {
    const body = JSON.stringify({ mappings: _meta ? { _meta } : {} });
    await askText(`${url}/${index}`, { method: 'PUT', body });
    const { exit, stderr } = await clean('--yes');
    expect(exit).toBe(6);
    expect(stderr).toContain('was not made by this tool');
    expect(await statusOf(index)).toBe(200);
    await fetch(`${url}/${index}`, { method: 'DELETE' });
  }
});

test.each([
  ['Ctrl+C', 130, (asked: Terminal) => asked.press('\u0003')],
  ['SIGTERM', 143, (asked: Terminal) => asked.kill('SIGTERM')],
])('%s at the question removes nothing, and says so', async (_, exit, stop) => {
  await load();
  const asked = new Terminal(place, { args: ['clean', '--url', url, '--index', index], columns: 120 });
  await asked.until('Remove?');
  await stop(asked);
  expect(await asked.ended).toMatchObject({ exit });
  expect(asked.text()).toContain('nothing was removed');
  expect([await statusOf(index), readdirSync(runs()).length]).toEqual([200, 1]);
});
