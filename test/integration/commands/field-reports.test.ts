// Cases from public bug reports of people who load data into OpenSearch (their sources stand beside them), each on a real
// node or, for what one does not produce on demand, on a proxy before it.
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCluster } from '../../../src/core/cluster/client.ts';
import { inheritedBy } from '../../../src/core/cluster/indexes/inherited.ts';
import { askText, countIn } from '../../helpers/ask.ts';
import { type OwnNode, startOwnNode } from '../../helpers/own-node.ts';
import { doneOf, eventsOf, type Finished, newPlace, type Place, runProgram } from '../../helpers/program.ts';
import { type Act, type RunningProxy, type Seen, startProxy } from '../../helpers/proxy.ts';

/** Without incidents, whose plan and checks take most of the time of a small run: what is tested is the way to the cluster. */
const SMALL = [
  ...['--days', '1', '--seed', '7', '--sample', '1000', '--time-zone', 'UTC'],
  ...['--preset', 'none', '--incidents-per-day', '0'],
] as const;
const NOW = ['--now', '2026-11-26T16:00:00Z'] as const;

let node: OwnNode;
let place: Place;
let index: string;
let number = 0;
let proxy: RunningProxy | undefined;
beforeAll(async () => {
  const roles = { 'node.roles': 'cluster_manager,data,ingest', 'action.auto_create_index': 'false' };
  node = await startOwnNode(roles);
});
afterAll(() => node.stop());
beforeEach(() => {
  place = newPlace();
  index = `field-${++number}`;
});
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
  for (const name of ['transient', 'persistent'])
    await askText(`${node.url}/_cluster/settings`, { method: 'PUT', body: { [name]: { '*': null } } });
  await askText(`${node.url}/_index_template/*`, { method: 'DELETE', accept: [404] });
  const names = (await askText(`${node.url}/_cat/indices?h=index`)).split(/\s+/).filter(Boolean);
  for (const name of names) await askText(`${node.url}/${name}`, { method: 'DELETE', accept: [404] });
  place.remove();
});

async function through(act: (seen: Seen) => Act | Promise<Act>): Promise<string> {
  proxy = await startProxy({ target: node.url, act });
  return proxy.url;
}
const run = (url = node.url, ...more: string[]) =>
  runProgram(place, 'run', '--url', url, '--index', index, '--yes', '--json', ...SMALL, ...NOW, ...more);
const noticesOf = (finished: Finished) =>
  eventsOf(finished).flatMap((event) => (event.type === 'notice' ? [event.text] : []));
const exists = async (name = index) => (await fetch(`${node.url}/${name}`)).status === 200;
const json = (status: number, body: unknown): Act => ({ status, body: JSON.stringify(body) });
const refusal = (status: number, type: string, reason: string) =>
  json(status, { error: { root_cause: [{ type, reason }], type, reason }, status });
const setting = (values: Record<string, unknown>) =>
  askText(`${node.url}/_cluster/settings`, { method: 'PUT', body: { transient: values } });
const template = (body: object) =>
  askText(`${node.url}/_index_template/field`, {
    method: 'PUT',
    body: { index_patterns: ['field-*'], template: body },
  });
const pipeline = (name: string, processors: object[]) =>
  askText(`${node.url}/_ingest/pipeline/${name}`, { method: 'PUT', body: { processors } });
/** Whether a run is remembered. */
const records = () => {
  const runs = join(place.folder, 'state', 'incident-demo', 'runs');
  return existsSync(runs) && readdirSync(runs).length > 0;
};

describe('what an index inherits is said before it is loaded', () => {
  // OpenSearch#12888, elastic/elasticsearch#72108
  test('a pipeline that rewrites fields', async () => {
    await pipeline('rewrites', [
      { set: { field: 'ip_address', value: '192.0.2.1' } },
      { set: { field: 'user_agent', value: 'x' } },
    ]);
    await template({ settings: { 'index.default_pipeline': 'rewrites' } });
    const finished = await run();
    expect(noticesOf(finished)).toContainEqual(
      expect.stringMatching(/pipeline rewrites of field-\d+ changes user_agent, ip_address$/),
    );
    const { exit, checks } = doneOf(finished);
    expect(exit).toBe(5);
    expect(checks.find(({ id }) => id === 'documents')).toMatchObject({
      ok: false,
      found: expect.stringMatching(/user_agent|ip_address/),
    });
  });

  // elastic/connectors#2317: documents that a pipeline drops count as written
  test('a pipeline that drops documents: none counts as written', async () => {
    await pipeline('drops', [{ drop: {} }]);
    await template({ settings: { 'index.final_pipeline': 'drops' } });
    const finished = await run();
    expect(noticesOf(finished)).toContainEqual(expect.stringContaining('drops documents'));
    const { error, documents, exit } = doneOf(finished);
    expect([exit, documents.acknowledged]).toEqual([7, 0]);
    expect(error?.message).toContain('an ingest pipeline dropped it');
    expect(await exists()).toBe(false);
  });

  test('a pipeline that drops some documents: each is accounted for', async () => {
    await pipeline('some', [{ drop: { if: "ctx.status == 'error'" } }]);
    await template({ settings: { 'index.default_pipeline': 'some' } });
    const { error, documents } = doneOf(await run());
    expect(error).toMatchObject({ code: 'load-incomplete' });
    expect(documents.refused).toBeGreaterThan(0);
    expect(documents.acknowledged + documents.refused).toBe(documents.planned);
    expect(await countIn(node.url, index)).toBe(documents.acknowledged);
  });

  test('a pipeline that sends documents to another index', async () => {
    await askText(`${node.url}/elsewhere`, { method: 'PUT' });
    await pipeline('moves', [{ set: { field: '_index', value: 'elsewhere' } }]);
    await template({ settings: { 'index.default_pipeline': 'moves' } });
    const finished = await run();
    expect(noticesOf(finished)).toContainEqual(expect.stringContaining('sends documents to elsewhere'));
    const { error, exit } = doneOf(finished);
    expect(exit).toBe(7);
    expect(error?.message).toContain('it went to the index elsewhere');
  });

  test('alias, order, and a source that is not kept', async () => {
    await template({
      aliases: { everything: {} },
      settings: { 'index.sort.field': 'user_id' },
      mappings: { _source: { enabled: false }, properties: { user_id: { type: 'keyword' } } },
    });
    const said = noticesOf(await run()).join('\n');
    expect(said).toContain('Searches of everything find');
    expect(said).toContain('is sorted by user_id');
    expect(said).toContain('_source is off');
  });

  test('a write block in a template is named within 5 s, and nothing is left', async () => {
    await template({ settings: { 'index.blocks.write': true } });
    const begin = performance.now();
    const { error, exit } = doneOf(await run());
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(exit).toBe(7);
    expect(error).toMatchObject({ code: 'writes-blocked' });
    expect(error?.actions.join('\n')).toContain('template');
    expect(error?.actions.join('\n')).not.toContain('disk');
    expect([await exists(), records()]).toEqual([false, false]);
  });

  test.each(['read', 'read_only', 'metadata'])(
    'a block of %s in a template is named, and nothing is left',
    async (kind) => {
      await template({ settings: { [`index.blocks.${kind}`]: true } });
      const { error, exit } = doneOf(await run());
      expect([exit, error?.code]).toEqual([7, 'writes-blocked']);
      if (kind !== 'read_only') expect(error?.actions[0]).toContain(`index.blocks.${kind}`);
      expect([await exists(), records()]).toEqual([false, false]);
    },
  );

  test('a template that names a pipeline which is missing', async () => {
    await template({ settings: { 'index.default_pipeline': 'missing' } });
    const finished = await run();
    expect(noticesOf(finished)).toContainEqual(
      `The ingest pipeline missing of ${index} does not exist, so every document is rejected`,
    );
    expect(doneOf(finished)).toMatchObject({ exit: 7, error: { code: 'load-incomplete' } });
  });

  test('a pipeline, and no node that may run it, ends at once', async () => {
    const reason = 'There are no ingest nodes in this cluster, unable to forward request to an ingest node.';
    const url = await through(({ bulk }) =>
      bulk > 0 ? refusal(500, 'illegal_state_exception', reason) : 'pass',
    );
    const begin = performance.now();
    const { error } = doneOf(await run(url));
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(error?.actions[0]).toContain('ingest role');
    expect([await exists(), records()]).toEqual([false, false]);
  });

  test('a template that keeps the index off every node', async () => {
    await template({ settings: { 'index.routing.allocation.require.temp': 'hot' } });
    // The cluster waits half a minute for a node that takes the shard; here a second.
    const url = await through(({ method, path }) =>
      method === 'PUT' && path === `/${index}` ? { instead: `${path}?timeout=1s` } : 'pass',
    );
    const { error } = doneOf(await run(url));
    expect(error).toMatchObject({ code: 'writes-blocked' });
    expect(error?.message).toMatch(/no node takes its shard/);
    expect(await exists()).toBe(false);
  });

  test('Review knows it before the index exists', async () => {
    await pipeline('rewrites', [{ set: { field: 'ip_address', value: '192.0.2.1' } }]);
    await template({ aliases: { everything: {} }, settings: { 'index.default_pipeline': 'rewrites' } });
    const cluster = await openCluster({ url: node.url }, {});
    const { notes } = await inheritedBy(cluster, index);
    await cluster.close();
    expect(notes).toEqual([
      `The ingest pipeline rewrites of ${index} changes ip_address`,
      `Searches of everything find ${index} too: it has that alias`,
    ]);
    expect(await exists()).toBe(false);
  });

  test('a data stream, and a template that makes them, are named as such', async () => {
    const streams = { index_patterns: ['field-*'], data_stream: {}, priority: 200 };
    await askText(`${node.url}/_index_template/field`, { method: 'PUT', body: streams });
    for (const { exit, error } of [doneOf(await run(node.url, '--dry-run')), doneOf(await run())])
      expect([exit, error?.message]).toEqual([
        2,
        `"${index}" cannot be an index name: a template makes data streams of such names`,
      ]);
    await askText(`${node.url}/_data_stream/${index}`, { method: 'PUT' });
    expect(doneOf(await run()).error?.message).toContain('it is a data stream');
    await askText(`${node.url}/_data_stream/${index}`, { method: 'DELETE' });
  });

  // fluent-bit, wazuh and others still make templates of the older kind
  test('Review knows templates of the older kind, in their order', async () => {
    await pipeline('rewrites', [{ set: { field: 'ip_address', value: '192.0.2.1' } }]);
    const older = (name: string, order: number, body: object) =>
      askText(`${node.url}/_template/${name}`, {
        method: 'PUT',
        body: { index_patterns: ['field-*'], order, ...body },
      });
    try {
      await older('b', 1, {
        settings: { 'index.default_pipeline': 'missing', 'index.sort.field': 'user_id' },
      });
      await older('a', 2, {
        settings: { 'index.default_pipeline': 'rewrites' },
        aliases: { everything: {} },
      });
      const cluster = await openCluster({ url: node.url }, {});
      const { notes } = await inheritedBy(cluster, index);
      expect(await inheritedBy(cluster, 'another')).toMatchObject({ notes: [] });
      await cluster.close();
      expect(notes).toEqual([
        `The ingest pipeline rewrites of ${index} changes ip_address`,
        `Searches of everything find ${index} too: it has that alias`,
        `${index} is sorted by user_id, so loading is slower`,
      ]);
    } finally {
      await askText(`${node.url}/_template/*`, { method: 'DELETE', accept: [404] });
    }
  });

  // opensearch-project/index-management: what a policy will do is not told by the index
  test('a policy of Index State Management that takes indexes of this name', async () => {
    const policy = { policy_id: 'short', ism_template: [{ index_patterns: ['other-*', 'fie*-*'] }] };
    const url = await through(({ path }) =>
      path === '/_plugins/_ism/policies' ? json(200, { policies: [{ policy }] }) : 'pass',
    );
    expect(noticesOf(await run(url))).toContainEqual(expect.stringContaining('The policy short manages'));
  });
});

describe('limits and blocks of the cluster', () => {
  // elastic/elasticsearch#37957, OpenSearch#13614
  test('too many buckets, which comes as HTTP 503: the documents are there, and the setting is named', async () => {
    await setting({ 'search.max_buckets': 10 });
    const begin = performance.now();
    const finished = await run();
    const { exit, checks, documents } = doneOf(finished);
    expect(performance.now() - begin).toBeLessThan(30_000);
    expect(exit).toBe(5);
    expect(documents.found).toBe(documents.planned);
    expect(checks.find(({ id }) => id === 'hours')?.found).toContain('search.max_buckets');
  });

  // backstage#29350, wazuh-docker#1437
  test('no shard is left', async () => {
    await askText(`${node.url}/taken`, { method: 'PUT', body: { settings: { number_of_replicas: 0 } } });
    await setting({ 'cluster.max_shards_per_node': 1 });
    const { error, exit } = doneOf(await run());
    expect(exit).toBe(7);
    expect(error?.actions[0]).toContain('cluster.max_shards_per_node');
  });

  test('the cluster is read-only', async () => {
    await setting({ 'cluster.blocks.read_only': true });
    const { error, exit } = doneOf(await run());
    await setting({ 'cluster.blocks.read_only': null });
    expect([exit, error?.code]).toEqual([7, 'writes-blocked']);
    expect(error?.actions.join()).not.toContain('disk');
    expect(error?.actions[0]).toContain('cluster.blocks.read_only');
  });

  test('no node holds data', async () => {
    const health = { status: 'green', number_of_data_nodes: 0, active_shards: 0, unassigned_shards: 0 };
    const url = await through(({ path }) => (path === '/_cluster/health' ? json(200, health) : 'pass'));
    const { error } = doneOf(await run(url));
    expect(error?.message).toContain('no node that holds data');
    expect(error?.actions.join()).toContain('data role');
  });

  test('a write block set in the middle is named within 5 s', async () => {
    let blockedAt = 0;
    const url = await through(({ bulk }) => {
      if (bulk === 0) return 'pass';
      blockedAt ||= performance.now();
      const error = {
        type: 'cluster_block_exception',
        reason: 'index [x] blocked by: [FORBIDDEN/8/index write (api)];',
      };
      return json(403, { error, status: 403 });
    });
    const { error } = doneOf(await run(url));
    expect(performance.now() - blockedAt).toBeLessThan(5000);
    expect(error).toMatchObject({ code: 'writes-blocked' });
    expect(error?.actions[0]).toContain('index.blocks.write');
    expect(await exists()).toBe(false);
  });

  test('a cluster that recovers its state is waited for, not called read-only', async () => {
    let asked = 0;
    const url = await through(({ method, path }) =>
      method === 'GET' && path === `/${index}` && ++asked < 4
        ? refusal(
            503,
            'cluster_block_exception',
            'blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];',
          )
        : 'pass',
    );
    expect(doneOf(await run(url)).exit).toBe(0);
  });
});

describe('what a role does not allow is skipped and said', () => {
  const FORBIDDEN = (right: string) =>
    refusal(403, 'security_exception', `no permissions for [${right}] and User [name=x]`);
  const forbidding = (wanted: (seen: Seen) => boolean, right: string) =>
    through((seen) => (wanted(seen) ? FORBIDDEN(right) : 'pass'));

  test.each<[string, (seen: Seen) => boolean, string]>([
    ['the version', ({ path }) => path === '/', 'cluster:monitor/main'],
    ['the nodes', ({ path }) => path.startsWith('/_nodes'), 'cluster:monitor/nodes/stats'],
    ['statistics', ({ path }) => path.includes('/_stats'), 'indices:monitor/stats'],
    ['templates', ({ path }) => path.includes('_simulate'), 'indices:admin/index_template/simulate'],
    [
      'settings, to see them',
      ({ method, path }) => method === 'GET' && path.endsWith('/_settings'),
      'indices:monitor/settings/get',
    ],
    [
      'settings, to change them',
      ({ method, path }) => method === 'PUT' && path.endsWith('/_settings'),
      'indices:admin/settings/update',
    ],
    ['flush', ({ path }) => path.endsWith('/_flush'), 'indices:admin/flush'],
    ['refresh', ({ path }) => path.endsWith('/_refresh'), 'indices:admin/refresh'],
  ])('%s: the load succeeds', async (_, wanted, right) => {
    const { error, exit } = doneOf(await run(await forbidding(wanted, right)));
    expect([exit, error]).toEqual([0, undefined]);
  });

  test('cluster health: its check is skipped and said', async () => {
    const url = await forbidding(({ path }) => path.startsWith('/_cluster'), 'cluster:monitor/health');
    const finished = await run(url);
    const { exit, checks } = doneOf(finished);
    expect(exit).toBe(0);
    expect(checks.map(({ id }) => id)).not.toContain('index-health');
    expect(noticesOf(finished)).toContainEqual(expect.stringMatching(/"Index health" is skipped/));
    const totals = eventsOf(finished).flatMap((event) => (event.type === 'checking' ? [event.total] : []));
    expect(totals.at(-1)).toBe(checks.length);
  });

  test('creating the index: the index is named, and nothing is left', async () => {
    const url = await forbidding(
      ({ method, path }) => method === 'PUT' && path === `/${index}`,
      'indices:admin/create',
    );
    const { error, exit } = doneOf(await run(url));
    expect(exit).toBe(4);
    expect(error?.actions.join()).toContain(`write the index ${index}`);
    expect([await exists(), records()]).toEqual([false, false]);
  });

  test('writing: an index that was made for it is removed', async () => {
    const url = await forbidding(({ bulk }) => bulk > 0, 'indices:data/write/bulk');
    const { exit } = doneOf(await run(url));
    expect([exit, await exists(), records()]).toEqual([4, false, false]);
    expect(doneOf(await run()).exit).toBe(0);
  });
});

describe('what stands between', () => {
  // OpenSearch#693, opensearch-java#573
  test('compatibility mode is OpenSearch', async () => {
    const root = {
      cluster_name: 'domain',
      version: { number: '7.10.2', lucene_version: '9.0.0' },
      tagline: 'The OpenSearch Project: https://opensearch.org/',
    };
    expect(
      doneOf(await run(await through(({ path }) => (path === '/' ? json(200, root) : 'pass')))).exit,
    ).toBe(0);
  });

  test('a sign-in page of another host is named, not advised', async () => {
    const act: Act = { status: 302, body: '', headers: { location: 'https://sso.example/login?token=abc' } };
    const { error, exit } = doneOf(await run(await through(() => act)));
    expect(exit).toBe(3);
    expect(error?.message).toContain('redirects to https://sso.example/login instead');
    expect(JSON.stringify(error)).not.toContain('abc');
    expect(error?.actions.join()).not.toContain('sso.example');
  });

  test('a redirect in the middle of a load', async () => {
    const act: Act = { status: 307, body: '', headers: { location: '/login' } };
    const { error } = doneOf(await run(await through(({ bulk }) => (bulk > 0 ? act : 'pass'))));
    expect(error).toMatchObject({ code: 'redirected' });
    expect(await exists()).toBe(false);
  });

  test('a version that is a number, a name that is an object', async () => {
    const root = { cluster_name: { toString: 1 }, version: 35 };
    const { error, exit } = doneOf(await run(await through(() => json(200, root))));
    expect([exit, error?.code]).toEqual([3, 'not-opensearch']);
  });

  // index-management#734, logstash-output-opensearch#135
  test('an index that is deleted when the last batch is acknowledged', async () => {
    let bulks = 0;
    const url = await through(async ({ bulk, method, path }): Promise<Act> => {
      bulks = Math.max(bulks, bulk);
      if (bulks > 0 && method === 'PUT' && path.endsWith('/_settings'))
        await askText(`${node.url}/${index}`, { method: 'DELETE', accept: [404] });
      return 'pass';
    });
    const { error, exit } = doneOf(await run(url));
    expect(exit).toBe(7);
    expect(error?.message).toContain('the index was deleted while it was loaded');
  });

  test('an index that is deleted while it is checked', async () => {
    const url = await through(async ({ path }): Promise<Act> => {
      if (path === `/${index}/_search`)
        await askText(`${node.url}/${index}`, { method: 'DELETE', accept: [404] });
      return 'pass';
    });
    expect(doneOf(await run(url))).toMatchObject({ exit: 7, error: { code: 'load-incomplete' } });
  });
});

describe('files', () => {
  test('a state folder that cannot be written any more: what is loaded and proved is a success', async () => {
    const url = await through(({ path }) => {
      const runs = join(place.folder, 'state', 'incident-demo', 'runs');
      if (path === `/${index}/_search`)
        for (const run of readdirSync(runs)) chmodSync(join(runs, run), 0o777);
      return 'pass';
    });
    const finished = await run(url);
    expect(doneOf(finished)).toMatchObject({ exit: 0, ok: true });
    expect(noticesOf(finished)).toContainEqual(expect.stringContaining('cannot be marked as done'));
  });

  test('Apia, where a day does not exist: what is loaded passes its checks', async () => {
    const days = ['--days', '3', '--sample', '1500', '--seed', '5', '--time-zone', 'Pacific/Apia'];
    const where = ['--url', node.url, '--index', index, '--yes', '--json'];
    const finished = await runProgram(place, 'run', ...where, ...days, '--now', '2011-12-31T10:00:00Z');
    expect(doneOf(finished)).toMatchObject({ exit: 0, ok: true });
  });
});
