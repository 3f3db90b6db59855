// `doctor --role`: the JSON alone on standard output, so that it can be sent as it is.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPlace, type Place, runProgram } from '../../helpers/program.ts';

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => place.remove());

test('it asks no cluster, and the role is about the index and its companion alone', async () => {
  const { exit, stdout, stderr } = await runProgram(place, 'doctor', '--role', '--index', 'mine');
  expect(exit).toBe(0);
  const role = JSON.parse(stdout) as { index_permissions: { index_patterns: string[] }[] };
  expect(Object.keys(role)).toEqual(['cluster_permissions', 'index_permissions']);
  expect(role.index_permissions.map(({ index_patterns: names }) => names)).toEqual([
    ['mine', 'mine-incidents'],
  ]);
  expect(stdout).not.toMatch(/"\*"|"indices:\*"|cluster:/);
  expect(stderr).toContain('PUT _plugins/_security/api/roles/');
});

test('with --json it is part of the last event', async () => {
  const { stdout } = await runProgram(place, 'doctor', '--role', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ type: 'done', ok: true, role: { index_permissions: [{}] } });
});
