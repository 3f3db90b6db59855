// Whole jobs against the real security plugin: as administrator, with the least role as `doctor --role` prints it, with each
// of its permissions taken away, and with roles that people have. All side by side: a run that may not refresh waits for the
// cluster to do so, and most of what is done here is such waiting.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, openCluster } from '../../../src/core/cluster/client.ts';
import { NEEDED, OPTIONAL, type Permission, roleFor } from '../../../src/core/cluster/permissions.ts';
import type { RunDone } from '../../../src/core/events.ts';
import { DASHBOARD_FIELDS } from '../../helpers/dashboards.ts';
import { type FakeDashboards, startFakeDashboards } from '../../helpers/fake-dashboards.ts';
import { doneOf, eventsOf, newPlace, type Place, runProgram, start } from '../../helpers/program.ts';
import {
  flagsOf,
  type SecuredConnection,
  securedNode,
  type TestRole,
  userWith,
} from '../../helpers/secured-node.ts';

/** About two hundred documents: what is tested are the requests. */
const SMALL = ['--days', '1', '--sample', '5000', '--seed', '5', '--preset', 'none', '--yes', '--json'];
/** Both after the hour of the incidents, so that the later one is the same data and some minutes more. */
const AFTERNOON = ['--now', '2026-03-04T15:00:00Z', '--time-zone', 'UTC'];
const EVENING = ['--now', '2026-03-04T18:00:00Z', '--time-zone', 'UTC'];

let node: SecuredConnection;
let admin: Cluster;
let place: Place;
beforeAll(async () => {
  node = await securedNode();
  admin = await openCluster(node, {});
  place = newPlace();
});
afterAll(async () => {
  await admin.close();
  place.remove();
});

/** Each goes on from what the one before has left. */
const IN_ORDER = { concurrent: false };

let serial = 0;

/** A user with this role, and a name for an index of their own. */
async function someone(roleOf: (index: string) => TestRole | Promise<TestRole>) {
  const name = `secured-${++serial}`;
  const user = await userWith(node, name, await roleOf(name));
  const flags = flagsOf(user, place);
  const at = [...flags, '--index', name];
  return {
    index: name,
    flags,
    at,
    run: (...more: string[]) => runProgram(place, 'run', ...at, ...SMALL, ...more),
  };
}

const roleOf = (permissions: readonly Permission[]) => (index: string) => roleFor(index, permissions);
const ALL = [...NEEDED, ...OPTIONAL];
const without = (permissions: readonly Permission[], left: Permission) =>
  permissions.filter((permission) => permission !== left);

/** The indexes whose name begins so, as the administrator sees them. */
async function indexesOf(name: string): Promise<string[]> {
  const path = `/_cat/indices/${name},${name}-*`;
  const { body } = await admin.request({ method: 'GET', path, query: { format: 'json' }, accept: [404] });
  return Array.isArray(body) ? body.map(({ index }: { index: string }) => index).toSorted() : [];
}

const clean = (at: readonly string[]) => runProgram(place, 'clean', ...at, '--yes');

function expectLoaded({ error, exit, documents, checks }: RunDone): void {
  expect(error).toBeUndefined();
  expect(exit).toBe(0);
  expect(documents.found).toBe(documents.planned);
  expect(checks.every(({ ok }) => ok)).toBe(true);
}

const noticesOf = (finished: Parameters<typeof eventsOf>[0]) =>
  eventsOf(finished).flatMap((event) => (event.type === 'notice' ? [event.text] : []));

test.concurrent('the administrator loads, marks the incidents, checks and removes', async () => {
  const at = [...flagsOf(node, place), '--index', 'secured-admin'];
  const finished = await runProgram(place, 'run', ...at, ...SMALL, '--mark-incidents');
  expectLoaded(doneOf(finished));
  expect(noticesOf(finished).filter((text) => text.includes('may not'))).toEqual([]);
  expect(await indexesOf('secured-admin')).toEqual(['secured-admin', 'secured-admin-incidents']);
  expect(doneOf(await runProgram(place, 'validate', ...at, '--json')).exit).toBe(0);
  expect((await clean(at)).exit).toBe(0);
  expect(await indexesOf('secured-admin')).toEqual([]);
});

describe.concurrent('the least role, as doctor prints it', () => {
  let least: Awaited<ReturnType<typeof someone>>;
  let dashboards: FakeDashboards;
  afterAll(() => dashboards.close());
  beforeAll(async () => {
    dashboards = await startFakeDashboards({ fields: () => DASHBOARD_FIELDS });
    least = await someone(async (index) => {
      const { stdout } = await runProgram(place, 'doctor', '--role', '--index', index);
      return JSON.parse(stdout) as TestRole;
    });
  });

  test('doctor finds nothing in the way, and says what it could not look at', IN_ORDER, async () => {
    const { exit, stdout } = await runProgram(place, 'doctor', ...least.at);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^ {2}- +product/m);
    expect(stdout).toMatch(/^ {2}ok +rights/m);
    expect(stdout).toMatch(/^ {2}- +space/m);
  });

  test(
    'loads, marks the incidents, checks and installs dashboards; the one check that it may not ask is skipped and said',
    IN_ORDER,
    async () => {
      const finished = await least.run(...['--mark-incidents', '--dashboards', dashboards.url], ...AFTERNOON);
      const done = doneOf(finished);
      expectLoaded(done);
      expect(dashboards.objects.size).toBeGreaterThan(0);
      expect(done.checks.map(({ id }) => id)).not.toContain('index-health');
      expect(noticesOf(finished).join('\n')).toContain('Index health');
      expect(await indexesOf(least.index)).toEqual([least.index, `${least.index}-incidents`]);
    },
  );

  test('adds the minutes since', IN_ORDER, async () => {
    expectLoaded(doneOf(await least.run('--on-conflict', 'append', ...EVENING)));
  });

  test('replaces', IN_ORDER, async () => {
    expectLoaded(doneOf(await least.run('--on-conflict', 'replace', ...AFTERNOON)));
  });

  test('resumes a run that was stopped', IN_ORDER, async () => {
    await clean(least.at);
    // Enough documents that the stop comes in the middle of them.
    const words = ['run', ...least.at, '--days', '3', '--sample', '400', '--seed', '5', '--yes', '--json'];
    const stopped = start(place, words);
    while (!stopped.output().includes('"type":"progress"'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    stopped.child.kill('SIGINT');
    expect(doneOf(await stopped.done).exit).toBe(130);
    const resumed = await runProgram(place, 'run', ...least.flags, '--resume', '--yes', '--json');
    expectLoaded(doneOf(resumed));
  });

  test('removes what it made, and nothing is left', IN_ORDER, async () => {
    expect((await clean(least.at)).exit).toBe(0);
    expect(await indexesOf(least.index)).toEqual([]);
    expect(dashboards.objects.size).toBe(0);
  });
});

describe.concurrent('one permission of the least role taken away', () => {
  test.each(NEEDED)('$action: exit code 4 names it', async (left) => {
    const user = await someone(roleOf(without(NEEDED, left)));
    const then =
      left.action === 'indices:admin/mapping/put'
        ? () => user.run('--on-conflict', 'append', ...EVENING)
        : () => runProgram(place, 'clean', ...user.at, '--yes', '--json');
    const ends: { readonly exit: number | null; readonly text: string }[] = [];
    for (const step of [() => user.run(...AFTERNOON), then]) {
      const { exit, stdout, stderr } = await step();
      ends.push({ exit, text: stdout + stderr });
      if (exit !== 0) break;
    }
    const last = ends.at(-1);
    expect(last?.exit).toBe(4);
    expect(last?.text).toContain(left.action.replace('*', ''));
    // Of a run that could not begin nothing stays.
    if (ends.length === 1) expect(await indexesOf(user.index)).toEqual([]);
  });
});

describe.concurrent('what a run can do without', () => {
  test.each(OPTIONAL)('$action alone is missing: everything else is done', async (left) => {
    const user = await someone(roleOf(without(ALL, left)));
    expectLoaded(doneOf(await user.run()));
    // Only an index that is there has a size.
    if (left.action === 'indices:monitor/stats')
      expectLoaded(doneOf(await user.run('--on-conflict', 'replace')));
  });

  test('with all of it nothing is skipped', async () => {
    const user = await someone(roleOf(ALL));
    const finished = await user.run();
    expectLoaded(doneOf(finished));
    expect(noticesOf(finished).filter((text) => text.includes('may not'))).toEqual([]);
    expect(doneOf(finished).checks.map(({ id }) => id)).toContain('index-health');
  });
});

const everything = (index: string) => ({ index_patterns: [index], allowed_actions: ['indices:*'] });

describe.concurrent('roles that people have', () => {
  test('everything on its index, no cluster:monitor/*', async () => {
    const user = await someone((index) => ({
      cluster_permissions: ['indices:data/write/bulk'],
      index_permissions: [everything(index)],
    }));
    expectLoaded(doneOf(await user.run()));
    const { exit, stderr } = await clean(user.at);
    expect(exit).toBe(0);
    expect(stderr).toContain(`${user.index}-incidents`);
  });

  test('may write but not create: stops before it, and loads into an index that is there', async () => {
    const mayNot = NEEDED.filter(({ action }) => action !== 'indices:admin/create');
    const user = await someone(roleOf(mayNot));
    const refused = doneOf(await user.run());
    expect(refused.exit).toBe(4);
    expect(refused.error?.message).toContain('indices:admin/create');
    expect(await indexesOf(user.index)).toEqual([]);
    const at = [...flagsOf(node, place), '--index', user.index];
    expectLoaded(doneOf(await runProgram(place, 'run', ...at, ...SMALL, ...AFTERNOON)));
    expectLoaded(doneOf(await user.run('--on-conflict', 'append', ...EVENING)));
  });

  test('no rights at all', async () => {
    const user = await someone(() => ({ cluster_permissions: [], index_permissions: [] }));
    const refused = doneOf(await user.run());
    expect(refused.exit).toBe(4);
    expect(refused.error?.message).toContain('indices:admin/get');
    expect(await indexesOf(user.index)).toEqual([]);
  });
});
