// Installing the dashboards against a server that answers as Dashboards was recorded to, over a real cluster with data:
// every fault ends with its own sentence, and nothing half-made stays.
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Cluster, openCluster } from '../../../../src/core/cluster/client.ts';
import { findDashboards } from '../../../../src/core/dashboards/find.ts';
import { installDashboards } from '../../../../src/core/dashboards/install.ts';
import { findInstalled, type Installed, objectsThere } from '../../../../src/core/dashboards/installed.ts';
import { removeDashboards } from '../../../../src/core/dashboards/remove.ts';
import { MARK } from '../../../../src/core/dashboards/saved-object.ts';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import { loadInto } from '../../../../src/core/index.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { ask } from '../../../helpers/ask.ts';
import { DASHBOARD_FIELDS } from '../../../helpers/dashboards.ts';
import {
  type FakeDashboards,
  type FakeOptions,
  startFakeDashboards,
} from '../../../helpers/fake-dashboards.ts';
import { planWith } from '../../../helpers/generated.ts';

const url = inject('openSearchUrl');
const index = `dashboards-install-${process.pid}`;
const plan = planWith({ days: 1, sample: 300 });
const { properties: fields } = STORED_TRANSACTIONS.mapping;
let cluster: Cluster;
let clusterId: string;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  cluster = await openCluster({ url }, {});
  await loadInto(cluster, plan, { index });
  clusterId = (await ask<{ cluster_uuid: string }>(url)).cluster_uuid;
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
afterAll(async () => {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  await cluster.close();
});

async function fake(options: FakeOptions = {}): Promise<FakeDashboards> {
  const seen = (name: string) => (name === index ? DASHBOARD_FIELDS : undefined);
  const server = await startFakeDashboards({ fields: seen, clusterId, ...options });
  open.push(server);
  return server;
}

interface Trial {
  readonly path?: string;
  readonly username?: string;
  readonly password?: string;
  readonly answers?: boolean;
}

async function find(server: FakeDashboards, { path = '', username, password }: Trial = {}) {
  const connection = { url, username, password };
  const found = await findDashboards({ url: `${server.url}${path}`, connection, environment: {} }, '3.5.0');
  open.push(found.dashboards);
  return found;
}

async function install(server: FakeDashboards, trial: Trial = {}): Promise<Installed> {
  const found = await find(server, trial);
  return installDashboards({ found, cluster, plan, index, fields, answers: trial.answers ?? false });
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

describe.each(['2.8.0', '2.19.1', '3.0.0', '3.5.0'])('Dashboards %s', (version) => {
  test('keeps the dashboards, takes them again, and loses them by remove', async () => {
    const server = await fake({ version });
    const first = await install(server);
    expect(first).toMatchObject({ base: server.url, version, tenant: 'global' });
    expect(server.objects.size).toBe(first.objects.length);
    expect([...server.objects.keys()].sort()).toEqual(
      first.objects.map(({ type, id }) => `${type}/${id}`).sort(),
    );
    expect(server.objects.has(`dashboard/${first.dashboards.room}`)).toBe(true);
    expect(server.objects.has(`search/${first.savedSearch}`)).toBe(true);
    expect(await install(server)).toEqual(first);
    expect(server.objects.size).toBe(first.objects.length);
    const { dashboards } = await find(server);
    expect(await removeDashboards({ dashboards, objects: first.objects })).toBe(first.objects.length);
    expect(server.objects.size).toBe(0);
    const deleted = server.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(deleted[0]).toContain('/dashboard/');
    expect(deleted.at(-1)).toContain('/index-pattern/');
  });

  test('gets the header it wants with each request, none it refuses, and no key it may not know', async () => {
    const server = await fake({ version });
    await install(server);
    for (const { headers } of server.requests) {
      expect(headers['osd-xsrf']).toBe('true');
      expect(headers['osd-version']).toBeUndefined();
    }
    const imported = server.requests.filter(({ path }) => path.endsWith('/_import'));
    expect(imported.map(({ query }) => query)).toEqual(['?overwrite=true']);
    expect(server.requests.filter(({ path }) => path.includes('/settings'))).toEqual([]);
  });
});

describe('the way to Dashboards', () => {
  test('finds the base path by the redirect of the start page', async () => {
    const server = await fake({ basePath: '/dash' });
    expect((await install(server)).base).toBe(`${server.url}/dash`);
  });

  test('takes the address of a page, as it stands in a browser', async () => {
    const server = await fake({ basePath: '/dash' });
    expect((await install(server, { path: '/dash/app/home#/tutorial' })).base).toBe(`${server.url}/dash`);
  });

  test('a workspace that the address names', async () => {
    const workspaces = [{ id: 'team1', name: 'Team' }];
    const server = await fake({ version: '3.5.0', workspaces, renames: true });
    const installed = await install(server, { path: '/w/team1' });
    expect(installed.base).toBe(`${server.url}/w/team1`);
    // In a workspace objects may get other ids: those that are there count.
    expect(server.objects.has(`dashboard/${installed.dashboards.room}`)).toBe(true);
    expect(installed.dashboards.room).toMatch(/^workspace-/);
    for (const { type, id } of installed.objects) expect(server.objects.has(`${type}/${id}`)).toBe(true);
  });

  describe('a workspace beside another that has these ids', () => {
    const workspaces = [{ id: 'team1', name: 'Team' }];
    const options: FakeOptions = { version: '3.5.0', workspaces, renames: true };
    const at = { path: '/w/team1' };
    const keys = (server: FakeDashboards) => [...server.objects.keys()].sort();

    test('a second install takes the place of the first', async () => {
      const server = await fake(options);
      const first = await install(server, at);
      const before = keys(server);
      expect(await install(server, at)).toEqual(first);
      expect(keys(server)).toEqual(before);
      // With the answers there is one dashboard more, and again no second set.
      const answers = { ...at, answers: true };
      const third = await install(server, answers);
      expect(third.dashboards.room).toBe(first.dashboards.room);
      expect(server.objects.size).toBe(third.objects.length);
      expect(await install(server, answers)).toEqual(third);
      expect(server.objects.size).toBe(third.objects.length);
    });

    test('its panels and the links of its texts lead to what is there', async () => {
      const server = await fake(options);
      const { dashboards } = await install(server, { ...at, answers: true });
      const stored = [...server.objects.values()];
      const text = JSON.stringify(stored);
      const linked = new Set([...text.matchAll(/#\/view\/([\w.-]+)/g)].map(([, id]) => id));
      expect(linked).toEqual(new Set([dashboards.room, dashboards.answers]));
      const referred = stored.flatMap(({ references = [] }) => references);
      expect(referred.length).toBeGreaterThan(30);
      for (const { type, id } of referred) expect(server.objects.has(`${type}/${id}`)).toBe(true);
    });

    test('what is there is found by its names, and removed', async () => {
      const server = await fake(options);
      const other = { type: 'dashboard', id: 'x', attributes: { title: 'Checkout: incident room' } };
      server.objects.set('dashboard/x', other);
      const installed = await install(server, at);
      const found = await find(server, at);
      const { pattern, savedSearch, dashboards } = installed;
      expect(await findInstalled({ found, index })).toMatchObject({ pattern, savedSearch, dashboards });
      expect(await findInstalled({ found, index: `${index}-2` })).toBeUndefined();
      const { objects } = await objectsThere(found.dashboards, index);
      expect(await removeDashboards({ ...found, objects })).toBe(installed.objects.length);
      expect([...server.objects.values()]).toEqual([other]);
    });

    test('an import whose answer is lost leaves nothing', async () => {
      const server = await fake({ ...options, hangs: true });
      const stop = new AbortController();
      const found = await find(server, at);
      const work = installDashboards({
        ...{ found, cluster, plan, index, fields, answers: false },
        signal: stop.signal,
      });
      await Promise.all([
        expect(work).rejects.toBe('enough'),
        expect
          .poll(() => server.objects.size)
          .toBeGreaterThan(10)
          .then(() => stop.abort('enough')),
      ]);
      expect(server.objects.size).toBe(0);
    });

    test('an object of another workspace under one of our ids is not ours to see', async () => {
      const server = await fake(options);
      const id = `incident-demo-${index}-incident-room`;
      const elsewhere = { type: 'dashboard', id, workspaces: ['team2'], attributes: { title: 'Theirs' } };
      server.objects.set(`dashboard/${id}`, elsewhere);
      const installed = await install(server, at);
      expect(installed.dashboards.room).toBe(`workspace-${id}`);
      expect(server.objects.get(`dashboard/${id}`)).toEqual(elsewhere);
    });
  });

  test.each([
    ['', 'global'],
    ['/?security_tenant=private', 'private'],
    ['/app/home?security_tenant=team', 'team'],
  ])('%s: every request goes to the tenant %s', async (path, tenant) => {
    const server = await fake();
    expect((await install(server, { path })).tenant).toBe(tenant);
    expect(new Set(server.requests.map(({ headers }) => headers['securitytenant']))).toEqual(
      new Set([tenant]),
    );
  });

  test('signs in with credentials of its own, and nothing of those of the cluster goes there', async () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const connection = { url, username: 'demo', password: 's3cret', awsRegion: 'eu-central-1' };
    const tries = [
      { signIn: { username: 'viewer', password: 'other' }, authorization: basic('viewer:other') },
      { signIn: { password: 'other' }, authorization: basic('demo:other') },
    ];
    for (const { signIn, authorization } of tries) {
      const server = await fake({ authorization });
      const found = await findDashboards({ url: server.url, connection, signIn, environment: {} });
      open.push(found.dashboards);
      await installDashboards({ found, cluster, plan, index, fields, answers: false });
      const sent = new Set(server.requests.map(({ headers }) => headers.authorization));
      expect(sent).toEqual(new Set([authorization]));
    }
  });

  test('signs in as to the cluster', async () => {
    const authorization = `Basic ${Buffer.from('demo:s3cret').toString('base64')}`;
    const server = await fake({ authorization });
    const installed = await install(server, { username: 'demo', password: 's3cret' });
    expect(server.objects.size).toBe(installed.objects.length);
  });
});

describe('stops with a sentence, and stores nothing', () => {
  const differentFields = () => DASHBOARD_FIELDS.filter(({ name }) => name !== 'db_pool_pending');
  const imported = (status: number, body: object) => ({ importAnswer: { status, body } });
  const failed = (error: object) =>
    imported(200, { success: false, successCount: 0, errors: [{ type: 'search', id: 'x', error }] });

  const cases: readonly [
    what: string,
    options: FakeOptions,
    code: string,
    words: string,
    exit: number,
    path?: string,
  ][] = [
    ['401', { authorization: 'Basic x' }, 'dashboards-sign-in', 'HTTP 401', 4],
    ['503 while it starts', { starting: true }, 'dashboards-not-ready', 'HTTP 503', 3],
    ['a cluster that it lost', { state: 'red' }, 'dashboards-not-ready', 'its state is red', 3],
    ['Kibana', { kibana: true }, 'not-dashboards', 'it is Kibana', 3],
    [
      'a redirect to another host',
      { redirect: 'https://login.example.com/' },
      'dashboards-redirect',
      'login.example.com',
      3,
    ],
    ['a base path that is not there', {}, 'not-dashboards', 'HTTP 404', 3, '/wrong'],
    [
      'workspaces, and an address without one',
      { workspaces: [{ id: 'team1', name: 'Team' }] },
      'dashboards-workspace',
      'names none',
      2,
    ],
    [
      'an index that it does not see',
      { fields: () => undefined },
      'dashboards-other-cluster',
      `no index ${index}`,
      3,
    ],
    [
      'an index with other fields',
      { fields: differentFields },
      'dashboards-other-cluster',
      'no field db_pool_pending',
      3,
    ],
    [
      'another cluster with such an index',
      { clusterId: 'another' },
      'dashboards-other-cluster',
      'ids of the two clusters differ',
      3,
    ],
    [
      'success:false with HTTP 200',
      failed({ type: 'unknown', message: 'something' }),
      'dashboards-import',
      'something (x)',
      1,
    ],
    [
      'missing references',
      failed({ type: 'missing_references', references: [{ type: 'index-pattern', id: 'lost' }] }),
      'dashboards-import',
      'missing: lost',
      1,
    ],
    ['a conflict', failed({ type: 'conflict' }), 'dashboards-import', 'conflict (x)', 1],
    [
      'an index of its own that is write-blocked',
      failed({ type: 'unknown', message: 'index [.kibana_1] blocked by: [FORBIDDEN/8/index write (api)]' }),
      'dashboards-import',
      'index [.kibana_1] blocked by',
      1,
    ],
    [
      'shapes it does not know',
      imported(422, { message: 'belongs to a more recent version of OpenSearch Dashboards' }),
      'dashboards-import',
      'more recent version',
      1,
    ],
    [
      'a cluster out of memory',
      imported(429, { message: 'circuit_breaking_exception: Data too large' }),
      'dashboards-import',
      'Data too large',
      1,
    ],
    [
      'a user who may not save',
      imported(403, { message: 'no permissions' }),
      'dashboards-sign-in',
      'HTTP 403',
      4,
    ],
    [
      'success that keeps nothing',
      { forgets: ['dashboard', 'search', 'visualization', 'index-pattern'] },
      'dashboards-import',
      'are not there',
      1,
    ],
    ['success that keeps a part', { forgets: ['visualization'] }, 'dashboards-import', 'are not there', 1],
    [
      'a part that is kept under other names',
      { forgets: ['search'], renames: true },
      'dashboards-import',
      '1 of',
      1,
    ],
  ];

  test.each(cases)('%s', async (_, options, code, words, exit, path = '') => {
    const server = await fake(options);
    const error = await failure(install(server, { path }));
    expect([error.code, error.exit]).toEqual([code, exit]);
    expect(error.message).toContain(words);
    expect(error.explain().actions.length).toBeGreaterThan(0);
    expect([...server.objects.keys()]).toEqual([]);
  });

  test('versions that do not fit: the answer names the version of the cluster', async () => {
    const error = await failure(find(await fake({ starting: true })));
    expect(error.explain().why).toContain('3.5.0');
  });

  test('nothing answers', async () => {
    const server = await startFakeDashboards();
    await server.close();
    expect((await failure(find(server))).code).toBe('dashboards-unreachable');
  });

  test('OpenSearch itself', async () => {
    const error = await failure(findDashboards({ url, connection: { url }, environment: {} }));
    expect(error.code).toBe('not-dashboards');
    expect(error.message).toContain('OpenSearch itself');
  });

  test('the credentials do not go to the host of a redirect', async () => {
    const other = await fake();
    const server = await fake({ redirect: other.url });
    await failure(install(server, { username: 'demo', password: 's3cret' }));
    expect(other.requests).toEqual([]);
  });

  test('a panel that would stay empty', async () => {
    const server = await fake({ fields: () => DASHBOARD_FIELDS });
    const found = await find(server);
    const empty = `${index}-empty`;
    await cluster.request({ method: 'PUT', path: `/${empty}`, body: { mappings: { properties: fields } } });
    const work = installDashboards({ found, cluster, plan, index: empty, fields, answers: false });
    const error = await failure(work);
    await cluster.request({ method: 'DELETE', path: `/${empty}` });
    expect([error.code, error.exit]).toEqual(['dashboards-empty-panel', 5]);
    expect([...server.objects.keys()]).toEqual([]);
  });
});

describe('what others have made', () => {
  const foreign = (type: string, id: string, attributes: Record<string, unknown>) =>
    [`${type}/${id}`, { type, id, attributes }] as const;

  test('an object under one of our ids is not overwritten', async () => {
    const server = await fake();
    const { dashboards, objects } = await install(server);
    server.objects.clear();
    const [key, mine] = foreign('dashboard', dashboards.room, { title: 'Mine', description: 'by hand' });
    server.objects.set(key, mine);
    const error = await failure(install(server));
    expect([error.code, error.exit]).toEqual(['dashboards-taken', 6]);
    expect([...server.objects]).toEqual([[key, mine]]);
    // Neither is it removed.
    const found = await find(server);
    expect(await removeDashboards({ dashboards: found.dashboards, objects })).toBe(0);
    expect([...server.objects]).toEqual([[key, mine]]);
  });

  test('an index pattern of the same title is used, and stays as it is', async () => {
    const server = await fake();
    const [key, theirs] = foreign('index-pattern', 'by-hand', { title: index, timeFieldName: '@timestamp' });
    server.objects.set(key, theirs);
    const { pattern, objects } = await install(server);
    expect(pattern).toBe('by-hand');
    expect(objects.filter(({ type }) => type === 'index-pattern')).toEqual([]);
    const referred = [...server.objects.values()].flatMap(({ references = [] }) => references);
    expect(new Set(referred.filter(({ type }) => type === 'index-pattern').map(({ id }) => id))).toEqual(
      new Set(['by-hand']),
    );
    const { dashboards } = await find(server);
    await removeDashboards({ dashboards, objects });
    expect([...server.objects]).toEqual([[key, theirs]]);
  });

  test('our index pattern stays while a panel of others uses it', async () => {
    const server = await fake();
    const { objects, pattern } = await install(server);
    const references = [{ type: 'index-pattern', id: pattern }];
    server.objects.set('visualization/theirs', {
      type: 'visualization',
      id: 'theirs',
      attributes: {},
      references,
    });
    const { dashboards } = await find(server);
    expect(await removeDashboards({ dashboards, objects })).toBe(objects.length - 1);
    expect([...server.objects.keys()].sort()).toEqual([`index-pattern/${pattern}`, 'visualization/theirs']);
  });

  test('a failed second import leaves the dashboards of the first', async () => {
    const server = await fake();
    await install(server);
    const before = new Map(server.objects);
    const broken = await fake({
      importAnswer: { status: 200, body: { success: false, errors: [{ error: { type: 'conflict' } }] } },
    });
    for (const [key, object] of before) broken.objects.set(key, object);
    await failure(install(broken));
    expect(broken.objects).toEqual(before);
  });

  test('remove survives objects that are gone already', async () => {
    const server = await fake();
    const { objects } = await install(server);
    server.objects.delete([...server.objects.keys()][3] ?? '');
    const { dashboards } = await find(server);
    expect(await removeDashboards({ dashboards, objects })).toBe(objects.length - 1);
    expect(await removeDashboards({ dashboards, objects })).toBe(0);
    expect(server.objects.size).toBe(0);
  });
});

test('a stop during the import leaves nothing', async () => {
  const server = await fake();
  const stop = new AbortController();
  const found = await find(server);
  const onStored = () => stop.abort('enough');
  const work = installDashboards({
    ...{ found, cluster, plan, index, fields, answers: false },
    ...{ onStored, signal: stop.signal },
  });
  await expect(work).rejects.toBe('enough');
  expect([...server.objects.keys()]).toEqual([]);
});

test('it hears before the import what is about to be stored, so that clean finds it after a crash', async () => {
  const server = await fake();
  const found = await find(server);
  const heard: { readonly ids: readonly string[]; readonly there: number }[] = [];
  const { objects } = await installDashboards({
    ...{ found, cluster, plan, index, fields, answers: false },
    onStored: (stored) => heard.push({ ids: stored.map(({ id }) => id), there: server.objects.size }),
  });
  const ids = objects.map(({ id }) => id);
  expect(heard).toEqual([
    { ids, there: 0 },
    { ids, there: ids.length },
  ]);
  for (const { attributes } of server.objects.values())
    expect(String(attributes['description'])).toContain(MARK);
});
