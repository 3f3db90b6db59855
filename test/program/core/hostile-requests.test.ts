// Every request that is no part of a plain run, one by one: whatever a server answers, it is answered soon and in words. The
// list is checked against the source, so that a request that is new must be added here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, openCluster } from '../../../src/core/cluster/client.ts';
import {
  createIndex,
  deleteIndex,
  inspectIndex,
  updateMeta,
} from '../../../src/core/cluster/indexes/admin.ts';
import { deleteCompanion, inspectCompanion } from '../../../src/core/cluster/indexes/companion.ts';
import { assertNoDataStream } from '../../../src/core/cluster/indexes/data-stream-templates.ts';
import { inheritedBy } from '../../../src/core/cluster/indexes/inherited.ts';
import { freeIndexName } from '../../../src/core/cluster/indexes/names.ts';
import { whatPipelineDoes } from '../../../src/core/cluster/indexes/pipelines.ts';
import { timeSpan } from '../../../src/core/cluster/indexes/time-span.ts';
import { climbLadder } from '../../../src/core/cluster/ladder/ladder.ts';
import { trySpeed } from '../../../src/core/cluster/try-speed.ts';
import { assertSameCluster, findDashboards } from '../../../src/core/dashboards/find.ts';
import { installDashboards } from '../../../src/core/dashboards/install.ts';
import { findInstalled } from '../../../src/core/dashboards/installed.ts';
import { removeDashboards } from '../../../src/core/dashboards/remove.ts';
import { STORED_TRANSACTIONS } from '../../../src/core/documents/transactions.ts';
import { answersAs, isReady } from '../../../src/core/local-node/health.ts';
import { markIncidents } from '../../../src/core/run/mark-incidents.ts';
import { removeAutoCreatedIndex } from '../../../src/core/run/stray-index.ts';
import { removeUnfilled } from '../../../src/core/run/unfilled-index.ts';
import { anomalyDetections } from '../../../src/core/score/anomaly-results.ts';
import { minutesInIndex } from '../../../src/core/score/minutes.ts';
import { checkDocuments } from '../../../src/core/validate/documents-check.ts';
import { runScope } from '../../../src/core/validate/scope.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { DASHBOARD_FIELDS } from '../../helpers/dashboards.ts';
import { startFakeDashboards } from '../../helpers/fake-dashboards.ts';
import { planWith } from '../../helpers/generated.ts';
import { HOSTILE, startHostile } from '../../helpers/hostile-answers.ts';
import { testMeta } from '../../helpers/run-meta.ts';

const INDEX = 'hostile';
const SIZES = [100_000, 10_000_000];
const MOST_MS = 5000;
const plan = planWith({ days: 1, sample: 3000 });
const { signal } = new AbortController();
const span = { fromMs: plan.startMs, toMs: plan.endMs };

/** What the fake cluster answers where it is not hostile: an index and a companion of this tool. */
const THERE = {
  'GET /INDEX': { [INDEX]: { mappings: { _meta: testMeta, properties: {} } } },
  'GET /INDEX/_settings': { [INDEX]: { settings: { 'index.uuid': 'new' } } },
  'GET /INDEX-incidents': {
    [`${INDEX}-incidents`]: { mappings: { _meta: { tool: 'incident-demo', companion_of: INDEX } } },
  },
  'PUT /INDEX': { acknowledged: true, shards_acknowledged: false },
  'POST /_index_template/_simulate_index/INDEX': {
    template: { settings: { index: { default_pipeline: 'x' } } },
  },
};
const NO_COMPANION = { ...THERE, 'GET /INDEX-incidents': null };
const NOT_OURS = { ...THERE, 'GET /INDEX': { [INDEX]: { mappings: {} } } };

interface Row {
  /** The file that sends it. */
  readonly file: string;
  readonly others?: Readonly<Record<string, object | null>>;
  readonly ask: (cluster: Cluster, url: string) => Promise<unknown>;
}

const marked = (cluster: Cluster) => markIncidents({ cluster, plan, index: INDEX, keep: true, run: 'x' });

async function ladder(url: string): Promise<void> {
  for await (const { error } of climbLadder({ url, awsRegion: 'eu-west-1', awsService: 'aoss' }, signal, {
    index: INDEX,
    environment: { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
  }))
    if (error) throw error;
}

const CLUSTER: Readonly<Record<string, Row>> = {
  'GET /INDEX/_stats/docs,store': {
    file: 'cluster/indexes/admin',
    ask: (cluster) => inspectIndex(cluster, STORED_TRANSACTIONS, INDEX),
  },
  'PUT /INDEX/_mapping': {
    file: 'cluster/indexes/admin',
    ask: (cluster) => updateMeta(cluster, INDEX, testMeta),
  },
  'DELETE /INDEX': { file: 'cluster/indexes/admin', ask: (cluster) => deleteIndex(cluster, INDEX) },
  'POST /_cluster/allocation/explain': {
    file: 'cluster/indexes/admin',
    ask: (cluster) => createIndex(cluster, STORED_TRANSACTIONS, INDEX, { meta: testMeta, labels: false }),
  },
  'HEAD /INDEX-2': { file: 'cluster/indexes/names', ask: (cluster) => freeIndexName(cluster, INDEX) },
  'GET /INDEX-incidents': {
    file: 'cluster/indexes/companion',
    ask: (cluster) => inspectCompanion(cluster, INDEX),
  },
  'DELETE /INDEX-incidents': {
    file: 'cluster/indexes/companion',
    ask: (cluster) => deleteCompanion(cluster, INDEX),
  },
  'PUT /INDEX-incidents': { file: 'run/mark-incidents', others: NO_COMPANION, ask: marked },
  'POST /INDEX-incidents/_bulk': { file: 'run/mark-incidents', ask: marked },
  'POST /_index_template/_simulate_index/INDEX': {
    file: 'cluster/indexes/templates',
    others: { ...THERE, 'GET /INDEX': null },
    ask: (cluster) => inheritedBy(cluster, INDEX),
  },
  'GET /_template': {
    file: 'cluster/indexes/inherited',
    others: { ...THERE, 'GET /INDEX': null, 'POST /_index_template/_simulate_index/INDEX': {} },
    ask: (cluster) => inheritedBy(cluster, INDEX),
  },
  'GET /_index_template': {
    file: 'cluster/indexes/data-stream-templates',
    ask: (cluster) => assertNoDataStream(cluster, INDEX),
  },
  'POST /_ingest/pipeline/x/_simulate': {
    file: 'cluster/indexes/pipelines',
    ask: (cluster) => whatPipelineDoes(cluster, { pipeline: 'x', index: INDEX }),
  },
  'POST /_ingest/pipeline/_simulate': {
    file: 'cluster/try-speed',
    ask: (cluster) => trySpeed(cluster, signal),
  },
  'HEAD /INDEX': { file: 'cluster/ladder/ladder', ask: (_, url) => ladder(url) },
  'GET /_cluster/health/INDEX': {
    file: 'run/stray-index',
    others: NOT_OURS,
    ask: (cluster) => removeAutoCreatedIndex({ cluster, index: INDEX, uuid: 'old', key: 'k' }),
  },
  'GET /INDEX/_count': {
    file: 'run/unfilled-index',
    ask: (cluster) => removeUnfilled({ cluster, index: INDEX, request: { id: testMeta.run } }),
  },
  'POST /INDEX/_search': {
    file: 'score/minutes',
    ask: (cluster) => minutesInIndex(cluster, INDEX, span),
  },
  'POST /results/_search': {
    file: 'score/anomaly-results',
    ask: (cluster) => anomalyDetections({ cluster, index: 'results', detector: undefined }),
  },
  'GET /INDEX/_search': {
    file: 'cluster/indexes/time-span',
    ask: (cluster) => timeSpan(cluster, INDEX),
  },
  'POST /scan/_search': {
    file: 'validate/scan/scan',
    ask: (cluster) => {
      const scope = runScope(STORED_TRANSACTIONS, 'scan', plan, false);
      const documents = plan.slotCount;
      return checkDocuments({ cluster, scope, plan, documents, deep: true, made: true, signal });
    },
  },
  'GET /_nodes/_local/process': {
    file: 'local-node/health',
    ask: (_, url) =>
      answersAs({ pid: 1, port: Number(new URL(url).port) }, { kind: 'plain', certificate: '' }),
  },
  'GET /_cluster/health': {
    file: 'local-node/health',
    ask: (_, url) => isReady({ kind: 'plain', certificate: '' }, Number(new URL(url).port)),
  },
};

const DASHBOARDS: Readonly<Record<string, string>> = {
  'GET /api/status': 'dashboards/find',
  'GET /': 'dashboards/find',
  'POST /api/workspaces/_list': 'dashboards/find',
  'GET /api/index_patterns/_fields_for_wildcard': 'dashboards/find',
  'POST /api/console/proxy': 'dashboards/find',
  'GET /api/saved_objects/_find': 'dashboards/stored',
  'POST /api/saved_objects/_bulk_get': 'dashboards/stored',
  'POST /api/saved_objects/_import': 'dashboards/import',
  'DELETE /api/saved_objects/': 'dashboards/remove',
  'GET /api/opensearch-dashboards/management/saved_objects/relationships/': 'dashboards/remove',
};

/** Files whose requests are those of a plain run (hostile-answers.test.ts), or that only hand requests on. */
const OTHERS = [
  ...[
    'load/bulk',
    'validate/check',
    'validate/chart-probe',
    'run/guide',
    'run/resend-missing',
    'run/connect',
  ],
  ...['cluster/ladder/rung', 'cluster/ladder/rights', 'cluster/indexes/settings', 'cluster/indexes/refresh'],
  ...['cluster/indexes/count', 'cluster/indexes/load-settings', 'dashboards/try-panels', 'run/dashboards'],
  ...[
    'run/retry',
    'run/ending-soon',
    'dashboards/server',
    'cluster/client',
    'cluster/client-connection',
    'cluster/ladder/network',
  ],
];

test('every file that sends a request is named here', () => {
  const core = join(import.meta.dirname, '../../../src/core');
  const files = readdirSync(core, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'));
  const sending = files
    .filter((name) => /\.request\(|\bexchange\(\{/.test(readFileSync(join(core, name), 'utf8')))
    .map((name) => name.replace('.ts', '').replaceAll('\\', '/'));
  const named = [...Object.values(CLUSTER).map(({ file }) => file), ...Object.values(DASHBOARDS), ...OTHERS];
  expect(sending.filter((name) => !named.includes(name))).toEqual([]);
});

/** What is wrong with the end of this work; nothing if it ends soon, well or with an error in words. */
async function troubleOf(bytes: number, work: Promise<unknown>): Promise<string[]> {
  const begin = performance.now();
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const ms = Math.round(performance.now() - begin);
  const trouble = ms > MOST_MS ? [`${bytes} bytes: ${ms} ms`] : [];
  if (error === undefined) return trouble;
  if (!(error instanceof AppError)) return [...trouble, `${bytes} bytes: ${error}`];
  const { length } = error.explain().sentence;
  return length > 1000 ? [...trouble, `${bytes} bytes: a sentence of ${length} characters`] : trouble;
}

describe.each(Object.entries(CLUSTER))('%s', (kind, { ask, others = THERE }) => {
  test.each(Object.entries(HOSTILE))('%s', async (_, answered) => {
    const trouble: string[] = [];
    for (const bytes of SIZES) {
      const server = await startHostile(INDEX, kind, answered(bytes), others);
      const cluster = await openCluster({ url: server.url }, {});
      trouble.push(...(await troubleOf(bytes, ask(cluster, server.url))));
      await cluster.close();
      await server.close();
      if (kind !== 'HEAD /INDEX' && !server.seen.has(kind)) trouble.push('it was not asked');
    }
    expect(trouble).toEqual([]);
  });
});

test('a page of results that comes again and again ends the reading', async () => {
  const hit = { _source: { data_start_time: 1, data_end_time: 2 }, sort: [1, 2] };
  const server = await startHostile(INDEX, 'none', undefined, {
    'POST /results/_search': {
      aggregations: { ids: { buckets: [{ key: 'one' }] } },
      hits: { hits: Array(10_000).fill(hit) },
    },
  });
  const cluster = await openCluster({ url: server.url }, {});
  const reading = anomalyDetections({ cluster, index: 'results', detector: undefined });
  await expect(reading).rejects.toMatchObject({ code: 'results' });
  await cluster.close();
  await server.close();
});

/** Draws something in every panel. */
const ANSWER = { aggregations: { x: { doc_count: 1 } }, cluster_uuid: 'one' };

describe.each(Object.keys(DASHBOARDS))('Dashboards: %s', (kind) => {
  let cluster: Cluster;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const fake = await startHostile(INDEX, 'none', undefined, {
      'POST /INDEX/_search': ANSWER,
      'GET /': ANSWER,
    });
    cluster = await openCluster({ url: fake.url }, {});
    stop = async () => {
      await cluster.close();
      await fake.close();
    };
  });
  afterAll(() => stop());

  /** All that is done with Dashboards, one after the other. */
  async function everything(url: string): Promise<void> {
    const found = await findDashboards({ url, connection: { url: cluster.url }, environment: {} });
    const { dashboards } = found;
    try {
      const { properties: fields } = STORED_TRANSACTIONS.mapping;
      await assertSameCluster({ dashboards, cluster, index: INDEX, fields });
      const installed = await installDashboards({
        found,
        cluster,
        plan,
        index: INDEX,
        fields,
        answers: false,
      });
      await findInstalled({ found, index: INDEX });
      await removeDashboards({ dashboards, objects: installed.objects });
    } finally {
      await dashboards.close();
    }
  }

  test.each(Object.entries(HOSTILE))('%s', async (_, answered) => {
    const trouble: string[] = [];
    for (const bytes of SIZES) {
      const bad = answered(bytes);
      let asked = false;
      const instead = (request: string) => {
        const hit = kind.length > 5 && kind.endsWith('/') ? request.startsWith(kind) : request === kind;
        asked ||= hit;
        return hit ? bad : undefined;
      };
      // The start page is asked only where a base path is missing.
      const basePath = kind === 'GET /' ? '/dash' : '';
      const server = await startFakeDashboards({
        fields: () => DASHBOARD_FIELDS,
        clusterId: 'one',
        instead,
        basePath,
      });
      trouble.push(...(await troubleOf(bytes, everything(server.url))));
      await server.close();
      if (!asked) trouble.push('it was not asked');
    }
    expect(trouble).toEqual([]);
  });
});
