// Dashboards from the command line: with a run, with a load, on its own, and gone after clean.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { dashboardLink, savedSearchLink, spanAround } from '../../../src/core/dashboards/links.ts';
import { everyObjectOf } from '../../../src/core/dashboards/rooms.ts';
import type { SavedObject } from '../../../src/core/dashboards/saved-object.ts';
import type { RunRecord } from '../../../src/core/history/record.ts';
import { listRuns } from '../../../src/core/history/runs.ts';
import { ask, askText } from '../../helpers/ask.ts';
import { DASHBOARD_FIELDS } from '../../helpers/dashboards.ts';
import { type FakeDashboards, type FakeOptions, startFakeDashboards } from '../../helpers/fake-dashboards.ts';
import { planWith } from '../../helpers/generated.ts';
import { doneOf, eventsOf, newPlace, type Place, runInto, runProgram, start } from '../../helpers/program.ts';

const url = inject('openSearchUrl');
const NOW = '2026-03-14T16:00:00Z';
const SMALL = ['--days', '1', '--sample', '300', '--seed', '7', '--now', NOW, '--time-zone', 'UTC'];
/** The plan of these flags. */
const plan = planWith({ days: 1, sample: 300, seed: 7, timeZone: 'UTC' });
let number = 0;
let index: string;
let place: Place;
let server: FakeDashboards;

const get = (path: string) => ask<Record<string, unknown>>(`${url}/${path}`);
const exists = async (name: string) => (await fetch(`${url}/${name}`, { method: 'HEAD' })).ok;
/** What is remembered of runs into this test's index. */
const records = (): RunRecord[] => {
  const state = join(place.folder, 'state', 'incident-demo');
  return listRuns({ state, cache: state, config: state }).filter((record) => record.index === index);
};

async function fake(options: FakeOptions = {}): Promise<FakeDashboards> {
  await server.close();
  const fields = (name: string) => (name.startsWith(index) ? DASHBOARD_FIELDS : undefined);
  server = await startFakeDashboards({ fields, ...options });
  return server;
}

const program = (command: string, ...more: string[]) =>
  runProgram(place, ...command.split(' '), '--url', url, '--index', index, '--yes', '--json', ...more);
const run = (...more: string[]) => program('run', ...SMALL, '--dashboards', server.url, ...more);

beforeAll(() => {
  place = newPlace();
});
beforeEach(async () => {
  index = `dashboards-command-${process.pid}-${++number}`;
  server = await startFakeDashboards({ fields: () => DASHBOARD_FIELDS });
});
afterEach(async () => {
  await server.close();
  for (const name of [index, `${index}-incidents`, `${index}-2`, `${index}-2-incidents`])
    await fetch(`${url}/${name}`, { method: 'DELETE' });
});
afterAll(() => place.remove());

describe('run --dashboards --mark-incidents', () => {
  test('installs both dashboards after the checks, tells the links, and clean takes all of it away again', async () => {
    const theirs = { type: 'dashboard', id: 'theirs', attributes: { title: 'Theirs' } };
    server.objects.set('dashboard/theirs', theirs);
    const finished = await run('--mark-incidents');
    const done = doneOf(finished);
    expect([done.error, finished.exit]).toEqual([undefined, 0]);

    const types = eventsOf(finished).map(({ type }) => type);
    expect(types.indexOf('dashboards')).toBeGreaterThan(types.lastIndexOf('check'));
    const wanted = everyObjectOf(index).map(({ type, id }) => `${type}/${id}`);
    expect([...server.objects.keys()].sort()).toEqual([...wanted, 'dashboard/theirs'].sort());

    const at = { base: server.url, version: '2.8.0' };
    const room = `incident-demo-${index}-incident-room`;
    const whole = { fromMs: plan.startMs, toMs: plan.endMs };
    const incidentLinks = plan.incidents.map((incident) => ({
      incident: incident.id,
      title: incident.title,
      url: dashboardLink(at, room, spanAround(incident)),
      ...(incident.preset === null ? {} : { preset: incident.preset }),
    }));
    expect(incidentLinks.length).toBeGreaterThan(0);
    expect(new Set(done.links)).toEqual(
      new Set([
        { incident: null, title: 'All of the data', url: dashboardLink(at, room, whole) },
        ...incidentLinks,
        {
          incident: null,
          title: 'Errors that took over 5 s',
          url: savedSearchLink(at, `incident-demo-${index}-slow-errors`, whole),
        },
      ]),
    );

    const guide = readFileSync(done.guide ?? '', 'utf8');
    const scripted = incidentLinks.filter((link) => 'preset' in link);
    expect(scripted.length).toBeGreaterThan(0);
    for (const link of scripted) expect(guide).toContain(`- **Dashboards:** [${link.title}](${link.url})`);
    expect(guide).toContain(`- [Discover](${server.url}/app/discover#/?_g=(time:(from:'`);

    const marked = done.checks.find(({ id }) => id === 'marked-incidents');
    expect(marked).toMatchObject({ ok: true, found: String(plan.incidents.length) });
    expect(await get(`${index}-incidents/_count`)).toMatchObject({ count: plan.incidents.length });
    expect(records().at(-1)?.dashboards).toMatchObject({ base: server.url, tenant: 'global' });

    const cleaned = await program('clean');
    expect(cleaned.exit).toBe(0);
    expect(doneOf(cleaned)).toMatchObject({
      removed: [index, `${index}-incidents`],
      dashboards: wanted.length,
    });
    expect([await exists(index), await exists(`${index}-incidents`)]).toEqual([false, false]);
    expect([...server.objects]).toEqual([['dashboard/theirs', theirs]]);
    expect(records()).toEqual([]);
  });

  test('validate checks the marks too, and says so when one is gone', async () => {
    await program('run', ...SMALL, '--mark-incidents');
    const checked = () => program('validate').then(doneOf);
    const marksIn = ({ checks }: ReturnType<typeof doneOf>) =>
      checks.find(({ id }) => id === 'marked-incidents');
    expect(marksIn(await checked())).toMatchObject({ ok: true });
    const body = { query: { term: { incident_id: plan.incidents[0]?.id } } };
    await askText(`${url}/${index}-incidents/_delete_by_query?refresh=true`, { body });
    const after = await checked();
    expect([after.exit, marksIn(after)]).toMatchObject([
      5,
      { ok: false, found: String(plan.incidents.length - 1) },
    ]);
  });

  test('a second load into the index keeps the marks; a replaced one without marks has none', async () => {
    await program('run', ...SMALL, '--mark-incidents');
    const again = doneOf(await program('run', ...SMALL, '--mark-incidents', '--on-conflict', 'append'));
    expect(again.checks.find(({ id }) => id === 'marked-incidents')).toMatchObject({ ok: true });
    expect(doneOf(await program('run', ...SMALL, '--on-conflict', 'replace')).ok).toBe(true);
    expect(await exists(`${index}-incidents`)).toBe(false);
  });

  test('an index of others under the name of the companion stops the run before anything is written', async () => {
    await askText(`${url}/${index}-incidents`, { method: 'PUT' });
    const before = await get(`${index}-incidents`);
    const finished = await run('--mark-incidents');
    expect([finished.exit, doneOf(finished).error?.code]).toEqual([6, 'companion-taken']);
    expect(await exists(index)).toBe(false);
    expect(await get(`${index}-incidents`)).toEqual(before);
    expect(server.objects.size).toBe(0);
    // Neither does clean touch it.
    await program('clean');
    expect(await get(`${index}-incidents`)).toEqual(before);
  });
});

describe('what goes wrong with Dashboards', () => {
  test('a wrong address is told before anything is written', async () => {
    await server.close();
    const finished = await run();
    expect([finished.exit, doneOf(finished).error?.code]).toEqual([3, 'dashboards-unreachable']);
    expect(await exists(index)).toBe(false);
    expect(records()).toEqual([]);
    server = await startFakeDashboards();
  });

  test('a failed import is the error of the run; the data is loaded and checked all the same', async () => {
    await fake({
      importAnswer: {
        status: 200,
        body: {
          success: false,
          errors: [{ type: 'search', id: 'x', error: { type: 'unknown', message: 'blocked' } }],
        },
      },
    });
    const finished = await run();
    const done = doneOf(finished);
    expect([finished.exit, done.error?.code]).toEqual([1, 'dashboards-import']);
    expect(done.error?.message).toContain('blocked');
    expect(done.error?.actions.length).toBeGreaterThan(0);
    expect(done.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(done.documents.found).toBe(done.documents.planned);
    expect(done.links).toBeUndefined();
    expect(eventsOf(finished)).toContainEqual({
      type: 'notice',
      text: expect.stringContaining('only the dashboards are missing'),
    });
    expect(await exists(index)).toBe(true);
    expect(records().at(-1)?.dashboards).toBeUndefined();
  });

  test('another cluster is noticed when its Dashboards sees no such index', async () => {
    await fake({ fields: () => undefined });
    const finished = await run();
    expect([finished.exit, doneOf(finished).error?.code]).toEqual([3, 'dashboards-other-cluster']);
    expect(server.objects.size).toBe(0);
  });

  test('clean survives a Dashboards that is gone, and says so', async () => {
    await run();
    await server.close();
    const cleaned = await program('clean');
    expect(cleaned.exit).toBe(0);
    expect(cleaned.stderr).toContain(`The dashboards in ${server.url} were not removed`);
    expect(await exists(index)).toBe(false);
    server = await startFakeDashboards();
  });

  test('clean finds what was stored by a run that was killed before it heard so', async () => {
    await fake({ hangs: true });
    const killed = start(place, [...runInto(url, index), ...SMALL, '--dashboards', server.url]);
    await expect.poll(() => server.objects.size, { timeout: 30_000 }).toBeGreaterThan(10);
    killed.child.kill('SIGKILL');
    await killed.done;
    expect((await program('clean')).exit).toBe(0);
    expect(server.objects.size).toBe(0);
  });

  test('clean survives an object that was deleted by hand', async () => {
    await run();
    const [first = ''] = server.objects.keys();
    server.objects.delete(first);
    expect((await program('clean')).exit).toBe(0);
    expect(server.objects.size).toBe(0);
  });
});

describe('credentials for Dashboards alone', () => {
  const SECRET = 'sssh Dash"9';
  const basic = (user: string) => `Basic ${Buffer.from(`${user}:${SECRET}`).toString('base64')}`;

  test('are taken from flags and the environment, shown nowhere, and sent to no other host', async () => {
    await fake({ authorization: basic('viewer') });
    const apart = ['--dashboards-username', 'viewer'];
    await program('run', ...SMALL);
    const refused = await program('dashboards install', '--dashboards', server.url, ...apart);
    expect([refused.exit, doneOf(refused).error?.code]).toEqual([4, 'dashboards-sign-in']);
    place.env['OPENSEARCH_DASHBOARDS_PASSWORD'] = SECRET;
    const installed = await program('dashboards install', '--dashboards', server.url, ...apart);
    expect(installed.exit).toBe(0);
    const other = await startFakeDashboards();
    // The address that is given is another one than that of the record.
    const kept = await program('dashboards remove', '--dashboards', other.url, ...apart);
    expect(kept.exit).toBe(4);
    expect(server.requests.at(-1)?.headers.authorization).toBeUndefined();
    expect(server.objects.size).toBeGreaterThan(10);
    delete place.env['OPENSEARCH_DASHBOARDS_PASSWORD'];
    const file = join(place.folder, 'secret');
    writeFileSync(file, `${SECRET}\n`);
    const removed = await program('clean', ...apart, '--dashboards-password-file', file);
    expect(removed.exit).toBe(0);
    expect(server.objects.size).toBe(0);
    rmSync(file);
    await other.close();
    const shown = [refused, installed, kept, removed].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    const forms = [SECRET, JSON.stringify(SECRET).slice(1, -1), basic('viewer').slice(6)];
    for (const text of shown) for (const form of forms) expect(text).not.toContain(form);
  });

  test('are those of a run, too; the line that repeats it names the user, and no password', async () => {
    await fake({ authorization: basic('viewer') });
    place.env['OPENSEARCH_DASHBOARDS_PASSWORD'] = SECRET;
    place.env['OPENSEARCH_DASHBOARDS_USERNAME'] = 'viewer';
    const done = doneOf(await run());
    delete place.env['OPENSEARCH_DASHBOARDS_PASSWORD'];
    delete place.env['OPENSEARCH_DASHBOARDS_USERNAME'];
    expect([done.error, done.links?.length]).toEqual([undefined, plan.incidents.length + 2]);
    expect(done.command).toContain('--dashboards-username viewer');
    expect(JSON.stringify(records())).not.toContain('sssh');
  });
});

describe('dashboards', () => {
  test('install, install again, and remove', async () => {
    await program('run', ...SMALL);
    const installed = await program('dashboards install', '--dashboards', server.url);
    expect(installed.exit).toBe(0);
    const { size } = server.objects;
    expect(doneOf(installed)).toMatchObject({ ok: true, objects: size, url: server.url });
    expect(doneOf(installed).links?.length).toBe(plan.incidents.length + 2);
    expect(server.objects.has(`dashboard/incident-demo-${index}-answers`)).toBe(false);
    await program('dashboards install', '--dashboards', server.url);
    expect(server.objects.size).toBe(size);
    // The record of the run knows where they are.
    const removed = await program('dashboards remove');
    expect(doneOf(removed)).toMatchObject({ ok: true, removed: size });
    expect(server.objects.size).toBe(0);
    expect(await exists(index)).toBe(true);
    await program('dashboards install', '--dashboards', server.url);
    const other = newPlace();
    const elsewhere = ['--url', url, '--index', index, '--json', '--dashboards', server.url];
    expect(doneOf(await runProgram(other, 'dashboards', 'remove', ...elsewhere))).toMatchObject({
      removed: size,
    });
    other.remove();
    expect(server.objects.size).toBe(0);
  });

  test('export writes what install would store; an export of the files and of the index are the same', async () => {
    const folder = join(place.folder, `files-${index}`);
    expect((await program('generate', ...SMALL, '--output-dir', folder)).exit).toBe(0);
    const generated = readFileSync(join(folder, 'dashboards.ndjson'), 'utf8');
    const loaded = await program('load', '--output-dir', folder, '--dashboards', server.url);
    expect([loaded.exit, doneOf(loaded).links?.length]).toEqual([0, plan.incidents.length + 2]);
    const file = join(place.folder, 'exported.ndjson');
    expect((await program(`dashboards export ${file}`)).exit).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(generated);
    const lines = generated
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as SavedObject);
    const attributes = (key: string) => server.objects.get(key)?.attributes;
    for (const object of lines.filter(({ type }) => type !== 'index-pattern'))
      expect(attributes(`${object.type}/${object.id}`)).toEqual(object.attributes);
    expect(lines.length).toBe(server.objects.size);
    const fromFiles = await runProgram(
      place,
      ...['dashboards', 'export', file, '--output-dir', folder, '--index', index],
    );
    expect([fromFiles.exit, readFileSync(file, 'utf8')]).toEqual([0, generated]);
  });

  test('export does not overwrite a file of others', async () => {
    const file = join(place.folder, 'mine.ndjson');
    writeFileSync(file, 'mine\n');
    await program('run', ...SMALL);
    const finished = await program(`dashboards export ${file}`);
    expect(finished.exit).not.toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
  });

  test('a run into a new index beside it writes the dashboards of that one', async () => {
    await program('run', ...SMALL);
    const folder = join(place.folder, `beside-${index}`);
    const done = doneOf(await program('run', ...SMALL, '--on-conflict', 'new', '--output-dir', folder));
    expect(done.index).toBe(`${index}-2`);
    const text = readFileSync(join(folder, 'dashboards.ndjson'), 'utf8');
    expect(text).toContain(`"id":"incident-demo-${index}-2-incident-room"`);
    expect(text).not.toContain(`"id":"incident-demo-${index}-incident-room"`);
  });

  test.each([
    ['dashboards install', 2, 'needs the address'],
    ['dashboards remove', 2, 'needs the address'],
    ['dashboards export', 2, 'needs a file name'],
    ['dashboards', 2, 'needs an action'],
    ['dashboards upgrade', 2, '"upgrade" is not an action'],
    ['dashboards install now', 2, 'Unexpected argument "now": dashboards install takes none'],
  ])('%s says what is missing', async (command, exit, words) => {
    const finished = await program(command);
    expect(finished.exit).toBe(exit);
    expect(finished.stderr).toContain(words);
  });

  test('install without an index, or on one of others', async () => {
    const missing = await program('dashboards install', '--dashboards', server.url);
    expect([missing.exit, missing.stderr.includes('There is no index')]).toEqual([2, true]);
    await askText(`${url}/${index}`, { method: 'PUT' });
    const foreign = await program('dashboards install', '--dashboards', server.url);
    expect(foreign.exit).toBe(2);
    expect(server.objects.size).toBe(0);
  });
});

test('parts that start together mark the incidents once; the last one checks them and installs the dashboards', async () => {
  const parts = await Promise.all(['1/2', '2/2'].map((part) => run('--mark-incidents', '--part', part)));
  expect(parts.map(({ exit }) => exit)).toEqual([0, 0]);
  expect(await get(`${index}-incidents/_count`)).toMatchObject({ count: plan.incidents.length });
  const whole = parts.map(doneOf).filter(({ checks }) => checks.length > 0);
  expect(whole.length).toBeGreaterThan(0);
  for (const { checks, links } of whole) {
    expect(checks.find(({ id }) => id === 'marked-incidents')).toMatchObject({ ok: true });
    expect(links?.length).toBe(plan.incidents.length + 2);
  }
  const cleaned = await program('clean');
  expect(doneOf(cleaned)).toMatchObject({ removed: [index, `${index}-incidents`] });
  expect(server.objects.size).toBe(0);
});
