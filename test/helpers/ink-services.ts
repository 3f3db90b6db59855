// Services for tests of the wizard: the real planner, and a cluster that answers as the test says.
import { setTimeout as sleep } from 'node:timers/promises';
import { realServices } from '../../src/commands/wizard-services.ts';
import type { IndexState, RunMeta } from '../../src/core/cluster/indexes/run-meta.ts';
import { type LadderStep, RUNGS } from '../../src/core/cluster/types.ts';
import type {
  CheckResult,
  LoadProgress,
  NodeEvent,
  RefusedGroup,
  RunDone,
  RunEvent,
} from '../../src/core/events.ts';
import type { LoadControl } from '../../src/core/load/index.ts';
import { BUILT_IN } from '../../src/core/plan/presets.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Settings } from '../../src/options/settings.ts';
import { defaultSettings } from '../../src/options/table.ts';
import type { OpenRun, RunInput, Services } from '../../src/wizard/services.ts';

/** Tuesday, a quarter past four in the afternoon: 14:45 has passed. */
export const NOW_MS = Date.parse('2026-11-24T16:15:00Z');

export interface FakeCluster {
  /** The address that answers; every other one is refused. */
  readonly url: string;
  /** Indexes that exist, by name. */
  readonly indexes: Map<string, IndexState>;
  /** The rung whose answer never comes. */
  readonly stuck?: string;
  /** The error the ladder ends with at the address; left out, it holds. */
  readonly error?: AppError;
  /** Why the local node does not start, or the index cannot be looked at. */
  readonly nodeError?: AppError;
  readonly indexError?: AppError;
  /** Number of documents the load gets before this error ends it. */
  readonly breaks?: { readonly after: number; readonly error: AppError };
  /** What the progress of a load tells beside its counts. */
  readonly progress?: Partial<LoadProgress>;
  readonly refusals?: readonly RefusedGroup[];
  /** Ids of checks that fail. */
  readonly failing?: readonly string[];
  /** What a trial of its speed shows; left out, it does not allow one. */
  readonly speed?: number;
  /** Pause between the events of a run, ms. */
  readonly pauseMs?: number;
  /** Ids of runs that were forgotten, and what was remembered for the next time. */
  readonly forgotten: string[];
  readonly remembered: { readonly settings: Settings; readonly speeds: Readonly<Record<string, number>> }[];
}

const DETAILS: Readonly<Record<string, string>> = {
  name: 'localhost is 127.0.0.1',
  port: '9200 is open',
  tls: 'not used',
  trust: 'not needed',
  'sign-in': 'not asked for',
  product: 'OpenSearch 3.5.0, cluster demo',
  rights: 'may create and write ecommerce_performance_demo',
  space: '43 GB free',
};

async function* fakeClimb(cluster: FakeCluster, url: string): AsyncGenerator<LadderStep> {
  const refused = new AppError('connection-refused', { address: new URL(url).host });
  for (const rung of RUNGS) {
    yield { rung, state: 'checking', detail: '', ms: 0 };
    if (rung === cluster.stuck) await new Promise(() => {});
    if (rung === 'port' && url !== cluster.url) {
      yield { rung, state: 'failed', detail: 'refused', ms: 1, error: refused };
      return;
    }
    if (rung === 'product' && cluster.error) {
      yield { rung, state: 'failed', detail: 'no', ms: 3, error: cluster.error };
      return;
    }
    const state = rung === 'tls' || rung === 'trust' ? 'skipped' : 'ok';
    yield { rung, state, detail: DETAILS[rung] ?? '', ms: 2 };
  }
}

function progress(acknowledged: number, elapsedMs: number): LoadProgress {
  return {
    type: 'progress',
    generated: acknowledged + 2000,
    acknowledged,
    alreadyThere: 0,
    refused: 0,
    bytes: acknowledged * 1080,
    batches: Math.ceil(acknowledged / 1000),
    retried: 0,
    senders: 4,
    documentsPerSecond: 24_100,
    bytesPerSecond: 26_000_000,
    answerP95Ms: 210,
    elapsedMs,
    throttled: false,
    silentMs: 0,
  };
}

/** Where refused documents of every fake run lie. */
const REFUSED_FILE = '/home/you/.local/state/incident-demo/runs/r1/refused.ndjson';

/** Where the guide of every fake run lies. */
export const GUIDE = '/home/you/.local/state/incident-demo/runs/r1/investigation.md';

const CHECK_TITLES = [
  ['count', 'The number of documents is what was planned'],
  ['health', 'The index is healthy'],
  ['status', 'Both statuses are there'],
  [
    'timeline',
    'How many hours have documents of each of the servers that were up in the week before the demo day?',
  ],
  ['slow-errors', 'Slow errors are found by the query of the README'],
  ['payment-timeouts', 'Payment gateway timeout: exactly 65 payments time out'],
  ['pool', 'Database connection pool exhaustion: the pool is full'],
  ['memory', 'Memory pressure: p95 rises in each step'],
  ['sample', 'A sample of documents has every field'],
] as const;

function fakeCheck(id: string, title: string, ok: boolean, index: string): CheckResult {
  const query = {
    method: 'GET',
    path: `/${index}/_count`,
    body: { query: { term: { status: 'error' } } },
  } as const;
  return { id, title, ok, expected: '65', found: ok ? '65' : '64', query, ms: 12 };
}

function doneEvent(index: string, cluster: FakeCluster, parts: Partial<RunDone>): RunDone {
  return {
    type: 'done',
    ok: true,
    exit: 0,
    url: cluster.url,
    index,
    documents: { planned: 0, acknowledged: 0, found: 0, refused: 0 },
    checks: [],
    seconds: { plan: 0.1, load: 11, validate: 1, total: 13 },
    seed: 4711,
    command: 'incident-demo run --seed 4711 --yes',
    ...(parts.checks ? { guide: GUIDE } : {}),
    ...parts,
  };
}

async function* fakeChecks(cluster: FakeCluster, index: string): AsyncGenerator<RunEvent, CheckResult[]> {
  yield { type: 'checking', total: CHECK_TITLES.length };
  const results: CheckResult[] = [];
  for (const [id, title] of CHECK_TITLES) {
    await sleep(cluster.pauseMs ?? 0);
    const check = fakeCheck(id, title, !cluster.failing?.includes(id), index);
    results.push(check);
    yield { type: 'check', ...check };
  }
  return results;
}

const failure = (error: AppError) => ({
  code: error.code,
  message: error.message,
  actions: error.explain().actions,
});

function verdict(results: readonly CheckResult[]): Partial<RunDone> {
  const failed = results.filter(({ ok }) => !ok).length;
  if (failed === 0) return { checks: results };
  const error = new AppError('checks-failed', { failed, total: results.length });
  return { checks: results, ok: false, exit: error.exit, error: failure(error) };
}

async function* fakeRun(
  cluster: FakeCluster,
  request: RunInput,
  signal: AbortSignal,
  control: LoadControl,
): AsyncGenerator<RunEvent> {
  const { index } = request.settings;
  const planned = 271_402;
  yield { type: 'connected', url: cluster.url, cluster: 'demo', version: '3.5.0' };
  yield { type: 'index', name: index, action: cluster.indexes.has(index) ? 'appended' : 'created' };
  const step = Math.ceil(planned / 40);
  for (let acknowledged = 0; acknowledged < planned; acknowledged += step) {
    do await sleep(cluster.pauseMs ?? 0);
    while (control.limits.paused && !signal.aborted);
    cluster.indexes.set(index, indexState(index, acknowledged, true, request.id));
    const counts = { planned, acknowledged, found: 0, refused: 0 };
    const error = signal.aborted
      ? new AppError('cancelled', {
          kept: `${acknowledged} documents are kept in ${index}`,
          resume: 'Go on: …',
        })
      : cluster.breaks && acknowledged > cluster.breaks.after
        ? cluster.breaks.error
        : undefined;
    if (error) {
      yield doneEvent(index, cluster, {
        ok: false,
        exit: error.exit,
        documents: counts,
        error: failure(error),
      });
      return;
    }
    yield { ...progress(acknowledged, (acknowledged / 24_100) * 1000), ...cluster.progress };
    if (cluster.refusals) yield { type: 'refused', groups: cluster.refusals, file: REFUSED_FILE };
  }
  cluster.indexes.set(index, indexState(index, planned, true, request.id));
  yield { type: 'loaded', planned, acknowledged: planned, refused: 0, seconds: 11 };
  const results = yield* fakeChecks(cluster, index);
  const documents = { planned, acknowledged: planned, found: planned, refused: 0 };
  yield doneEvent(index, cluster, { documents, ...verdict(results) });
}

/** An index as this tool makes it. */
export function indexState(name: string, documents: number, ours = true, run = 'r1'): IndexState {
  const meta: RunMeta = {
    tool: 'incident-demo',
    version: '0.1.0',
    run,
    now: '2026-11-23T10:00:00Z',
    parameters: { seed: 99, days: 7, sample: 60 },
    key: 'k1',
    seed: 99,
    presets: [],
  };
  return {
    name,
    exists: true,
    documents,
    bytes: documents * 300,
    mappingDifferences: [],
    ...(ours ? { meta } : {}),
  };
}

/** A cluster that answers on localhost:9200, without indexes. */
export function fakeCluster(changes: Partial<FakeCluster> = {}): FakeCluster {
  return { url: 'http://localhost:9200', indexes: new Map(), forgotten: [], remembered: [], ...changes };
}

/** A local node that gets up at once, on a port of its own, and then is the cluster. */
async function* fakeNode(cluster: FakeCluster): AsyncGenerator<NodeEvent> {
  yield { type: 'node', phase: 'java', detail: 'Java 25 at /usr/lib/jvm/25' };
  if (cluster.nodeError) throw cluster.nodeError;
  for (const fraction of [0, 0.5, 1]) {
    await sleep(cluster.pauseMs ?? 0);
    yield { type: 'node', phase: 'fetch', detail: 'Fetching OpenSearch 3.5.0', fraction };
  }
  yield { type: 'node', phase: 'start', detail: 'Waiting for it to answer' };
  await sleep((cluster.pauseMs ?? 0) * 10);
  yield { type: 'node', phase: 'ready', detail: 'It answers', url: cluster.url };
}

const stateOf = ({ indexes }: FakeCluster, name: string): IndexState =>
  indexes.get(name) ?? { name, exists: false, documents: 0, bytes: 0, mappingDifferences: [] };

/** Services on that cluster; the planner is the real one. */
export function fakeServices(cluster: FakeCluster, now: () => number = () => NOW_MS): Services {
  const directories = { cache: '', state: '', config: '' };
  const real = realServices({
    program: 'incident-demo',
    version: '0.1.0',
    environment: {},
    directories,
    presetFiles: [],
  });
  return {
    program: 'incident-demo',
    now,
    loadPlanner: real.loadPlanner,
    readPreset: real.readPreset,
    climb: (connection) => fakeClimb(cluster, connection.url),
    trySpeed: async () => cluster.speed,
    startLocalNode: () => fakeNode(cluster),
    inspectIndex: async (_, name) => {
      if (cluster.indexError) throw cluster.indexError;
      return stateOf(cluster, name);
    },
    inspectLeftovers: async (_, name) => stateOf(cluster, name),
    freeIndexName: async (_, name) => {
      for (let number = 2; ; number++)
        if (!cluster.indexes.has(`${name}_${number}`)) return `${name}_${number}`;
    },
    removeRun: async ({ id, settings: { index } }) => {
      const there = cluster.indexes.get(index);
      if (there && there.meta?.run !== id) throw new AppError('index-shared', { index });
      cluster.indexes.delete(index);
      return there?.documents ?? 0;
    },
    forgetRun: (id) => void cluster.forgotten.push(id),
    remember: (settings, speeds) => void cluster.remembered.push({ settings, speeds }),
    run: (request, signal, control) => fakeRun(cluster, request, signal, control),
    validateIndex: async function* ({ settings }) {
      const results = yield* fakeChecks(cluster, settings.index);
      yield doneEvent(settings.index, cluster, verdict(results));
    },
  };
}

/** A run into the usual index that did not end; indexes made by this tool say that it was theirs. */
export function openRun(changes: Partial<OpenRun> = {}): OpenRun {
  return {
    id: 'r1',
    startedAt: '2026-11-23T16:15:00.000Z',
    settings: wizardSettings({
      days: 3,
      seed: 9,
      now: '2026-11-23T16:15:00.000Z',
      onConflict: 'append',
    }),
    password: undefined,
    presets: BUILT_IN,
    ...changes,
  };
}

/** The settings a wizard begins with, in UTC and with a fixed seed. */
export function wizardSettings(changes: Partial<Settings> = {}): Settings {
  return { ...defaultSettings(), seed: 4711, timeZone: 'UTC', ...changes };
}
