// More than the cluster can hold is refused before anything is written, with the arithmetic.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { doneOf, newPlace, type Place, runProgram } from '../../helpers/program.ts';
import { type Act, type Seen, startProxy } from '../../helpers/proxy.ts';
import { SMALL_DAY } from '../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const index = `limits-test-${process.pid}`;
let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => place.remove());

/** A run that must be refused with nothing written, through a proxy where one is needed. */
async function refused(exit: number, act: ((seen: Seen) => Act) | undefined, ...args: string[]) {
  const proxy = act && (await startProxy({ target: url, act }));
  try {
    const where = ['--url', proxy?.url ?? url, '--index', index, '--yes', '--json'];
    const finished = await runProgram(place, 'run', ...where, ...args);
    expect(finished.exit).toBe(exit);
    expect((await fetch(`${url}/${index}`)).status).toBe(404);
    expect(existsSync(join(place.folder, 'state', 'incident-demo', 'runs'))).toBe(false);
    expect(proxy?.seen.filter(({ method }) => method === 'PUT' || method === 'POST') ?? []).toEqual([]);
    return doneOf(finished).error;
  } finally {
    await proxy?.close();
  }
}

const disks = (available_in_bytes: number): Act => ({
  status: 200,
  body: JSON.stringify({
    nodes: { a: { roles: ['data'], fs: { total: { total_in_bytes: 1e12, available_in_bytes } } } },
  }),
});

test('thirty days of every transaction at a hundred times the traffic are more than this disk holds', async () => {
  // 30 days of 2,000 transactions a second and more are over five billion documents of some 300 bytes each.
  const error = await refused(
    2,
    undefined,
    '--days',
    '30',
    '--base-tps',
    '2000',
    '--sample',
    '1',
    '--preset',
    'none',
  );
  expect(error?.code).toBe('too-little-room');
  const [, needed = ''] = /need about ([\d,.]+) TB/.exec(error?.message ?? '') ?? [];
  expect(Number(needed.replaceAll(',', ''))).toBeGreaterThan(1.5);
});

test('what is free counts only down to the flood-stage mark', async () => {
  // The local node stops writing at 500 MB free (settings.ts): of 501 MB one is left.
  const act = ({ path }: Seen): Act => (path.startsWith('/_nodes/stats/fs') ? disks(501 * 2 ** 20) : 'pass');
  const error = await refused(2, act, ...SMALL_DAY, '--sample', '10');
  expect(error).toMatchObject({ code: 'too-little-room' });
  expect(error?.message).toMatch(/\b2 MB/);
});

test('a cluster that holds as many shards as it may gets no index more', async () => {
  const full = { status: 'green', number_of_data_nodes: 1, active_shards: 1000, unassigned_shards: 0 };
  const act = ({ path }: Seen): Act =>
    path === '/_cluster/health' ? { status: 200, body: JSON.stringify(full) } : 'pass';
  const error = await refused(7, act, ...SMALL_DAY);
  expect(error).toMatchObject({ code: 'writes-blocked' });
  expect(error?.message).toContain('1000 of at most 1000 shards');
});
