// The one invented world of the wizard's tests: a cluster, its indexes, a local node, a run. Each story is told event
// by event; `fake-services.ts` tells it as time goes by, `walk.ts` one event whenever a test asks for it.
import type { IndexState, RunMeta } from '../../src/core/cluster/indexes/run-meta.ts';
import { type LadderStep, RUNGS, type Rung } from '../../src/core/cluster/types.ts';
import type {
  CheckResult,
  DashboardLink,
  LoadProgress,
  NodeEvent,
  RefusedGroup,
  RunDone,
  RunEvent,
  ScenarioBrief,
} from '../../src/core/events.ts';
import type { Gap } from '../../src/core/live/gap.ts';
import type { LiveCommand, LiveEvent, LiveIncident, LiveMoment } from '../../src/core/live/types.ts';
import { RED_HERRING } from '../../src/core/live-control/limits.ts';
import { MODELS } from '../../src/core/plan/models/registry.ts';
import type { Preset } from '../../src/core/plan/preset.ts';
import { BUILT_IN } from '../../src/core/plan/presets.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Settings } from '../../src/options/settings.ts';
import { defaultSettings } from '../../src/options/table.ts';
import type { CatalogEntry, Forecast, MadeRun, OpenRun } from '../../src/wizard/services.ts';

/** Tuesday, a quarter past four in the afternoon: 14:45 has passed. */
export const NOW_MS = Date.parse('2026-11-24T16:15:00Z');

/** The usual name of the index. */
export const INDEX = defaultSettings().index;

/** Where the guide and the refused documents of every fake run lie. */
const RUN_FOLDER = '/home/you/.local/state/incident-demo/runs/r1';
export const GUIDE = `${RUN_FOLDER}/investigation.md`;

/** How things stand; left out is what goes well. */
export interface FakeCluster {
  /** The address that answers; every other one is refused. */
  readonly url: string;
  /** True where every address answers. */
  readonly everywhere?: boolean;
  /** Indexes that exist, by name. */
  readonly indexes: Map<string, IndexState>;
  /** The rung whose answer never comes. */
  readonly stuck?: string;
  /** The error the ladder ends with at the address. */
  readonly error?: AppError;
  /** Why the local node does not start, an index cannot be looked at or removed, or a preset file not be read. */
  readonly nodeError?: AppError;
  readonly indexError?: AppError;
  readonly removeError?: AppError;
  readonly presetError?: AppError;
  /** Number of documents the load gets before this error ends it. */
  readonly breaks?: { readonly after: number; readonly error: AppError };
  /** Times a load tells its progress. */
  readonly batches: number;
  /** What the progress of a load tells beside its counts. */
  readonly progress?: Partial<LoadProgress>;
  readonly refusals?: readonly RefusedGroup[];
  /** Ids of checks that fail. */
  readonly failing?: readonly string[];
  /** What a trial of its speed shows; left out, it does not allow one. */
  readonly speed?: number;
  /** Pause before each event of a run, ms; a test that has seen enough sets it to 0. */
  pauseMs?: number;
  /** A Dashboards that answers on this machine, and what installing there gives. */
  readonly dashboards?: {
    readonly url: string;
    readonly links?: readonly DashboardLink[];
    readonly error?: AppError;
  };
  /** What the last event says of the scenarios; null where the index was not asked. */
  readonly scenarios?: readonly ScenarioBrief[] | null;
  /** A Docker that answers, and where the Dashboards that it starts does. */
  readonly docker?: { readonly url?: string; readonly error?: AppError };
  /** What cannot be removed with a run, in a sentence. */
  readonly left?: string;
  /** Minutes that a shop is live; it stops by itself. @default 6 */
  readonly liveMinutes?: number;
  /** How long ago its index ends, ms; left out, it asks nothing. */
  readonly liveGapMs?: number;
  /** The presets that its index was loaded with, where it says so. */
  readonly livePresets?: readonly Preset[];
  /** Addresses that were opened in a browser; left out, there is none. */
  readonly opened?: string[];
  /** Ids of runs that were forgotten, and what was remembered for the next time. */
  readonly forgotten: string[];
  readonly remembered: {
    readonly settings: Settings | undefined;
    readonly speeds: Readonly<Record<string, number>>;
  }[];
}

/** A cluster that answers on localhost:9200, without indexes. */
export function fakeCluster(changes: Partial<FakeCluster> = {}): FakeCluster {
  return {
    ...{ url: 'http://localhost:9200', indexes: new Map(), batches: 40, forgotten: [], remembered: [] },
    ...changes,
  };
}

/** The settings a wizard begins with, in UTC and with a fixed seed. */
export function wizardSettings(changes: Partial<Settings> = {}): Settings {
  return { ...defaultSettings(), seed: 4711, timeZone: 'UTC', ...changes };
}

/** A run into the usual index that did not end; indexes made by this tool say that it was theirs. */
export function openRun(changes: Partial<OpenRun> = {}): OpenRun {
  const startedAt = '2026-11-23T16:15:00.000Z';
  return {
    id: 'r1',
    startedAt,
    settings: wizardSettings({ days: 3, seed: 9, now: startedAt, onConflict: 'append' }),
    password: undefined,
    presets: BUILT_IN,
    ...changes,
  };
}

/** The presets as a planner lists them. */
export const CATALOG: readonly CatalogEntry[] = BUILT_IN.map((preset) => ({ preset, flag: preset.id }));

const [first] = CATALOG;
if (!first) throw new Error('there are no presets');
export const FIRST_ENTRY = first;

/** A preset of one's own, read from a file. */
export const OWN_ENTRY: CatalogEntry = {
  preset: { ...first.preset, id: 'mine', title: 'Mine' },
  flag: './mine.json',
};

const HOUR_MS = 3_600_000;

/** A forecast of seven days without drawing anything; the built-in incidents lie at its end, an hour apart. */
export const FORECAST: Forecast = {
  demoDay: '2026-11-24',
  demoDayStartMs: Date.parse('2026-11-24T00:00:00Z'),
  timeZone: 'UTC',
  startMs: NOW_MS - 168 * HOUR_MS,
  endMs: NOW_MS,
  documents: 270_000,
  bytes: 290_000_000,
  key: 'k1',
  incidents: BUILT_IN.map(({ id, title, model: { type } }, place) => {
    const startMs = NOW_MS - (place + 2) * HOUR_MS;
    const endMs = startMs + HOUR_MS / 6;
    return { id, title, type, preset: id, startMs, endMs, recoveredMs: endMs + HOUR_MS / 6 };
  }),
  omitted: [],
  series: ({ points }) => ({ tps: Array(points).fill(20), p95Ms: Array(points).fill(300) }),
};

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

/** An index that is not there. */
export const noIndex = (name: string): IndexState => ({
  ...{ name, exists: false, documents: 0, bytes: 0, mappingDifferences: [] },
});

/** One report of a load; left out, it has done nothing yet. */
export function progressed(changes: Partial<LoadProgress> = {}): LoadProgress {
  return {
    ...{ type: 'progress', generated: 0, acknowledged: 0, alreadyThere: 0, refused: 0, bytes: 0 },
    ...{ batches: 0, retried: 0, senders: 4, documentsPerSecond: 0, bytesPerSecond: 0 },
    ...{ answerP95Ms: 0, elapsedMs: 0, throttled: false, silentMs: 0 },
    ...changes,
  };
}

/** The last event of a run that went well. */
export function finished(changes: Partial<RunDone> = {}): RunDone {
  return {
    type: 'done',
    ok: true,
    exit: 0,
    url: 'http://localhost:9200',
    index: INDEX,
    documents: { planned: 10, acknowledged: 10, found: 10, refused: 0 },
    checks: [],
    seconds: { plan: 0.1, load: 11, validate: 1, total: 13 },
    seed: 4711,
    command: 'incident-demo run --seed 4711 --yes',
    ...changes,
  };
}

/** The part of the last event that says why a run failed. */
export const failedBy = (error: AppError): Pick<RunDone, 'ok' | 'exit' | 'error'> => ({
  ok: false,
  exit: error.exit,
  error: { code: error.code, message: error.message, actions: error.explain().actions },
});

/** A rung of the ladder as it stands; with an error it failed. */
export const rungOf = (
  rung: LadderStep['rung'],
  state: LadderStep['state'],
  error?: AppError,
): LadderStep => ({
  ...{ rung, state, detail: DETAILS[rung] ?? '', ms: 2 },
  ...(error ? { error } : {}),
});

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

/** Rung by rung up the ladder; returns `stuck` at a rung that never answers, `failed` or `well`. */
export function* climbing(
  cluster: FakeCluster,
  url: string,
  rungs: readonly Rung[] = RUNGS,
): Generator<LadderStep, 'well' | 'failed' | 'stuck'> {
  const refused = new AppError('connection-refused', { address: new URL(url).host });
  for (const rung of rungs) {
    yield { rung, state: 'checking', detail: '', ms: 0 };
    if (rung === cluster.stuck) return 'stuck';
    const elsewhere = rung === 'port' && !cluster.everywhere && url !== cluster.url;
    const error = elsewhere ? refused : rung === 'product' ? cluster.error : undefined;
    if (error) {
      yield rungOf(rung, 'failed', error);
      return 'failed';
    }
    yield rungOf(rung, rung === 'tls' || rung === 'trust' ? 'skipped' : 'ok');
  }
  return 'well';
}

/** A local node that gets up on a port of its own, and then is the cluster. Throws the world's `nodeError`. */
export function* gettingUp(cluster: FakeCluster): Generator<NodeEvent> {
  yield { type: 'node', phase: 'java', detail: 'Java 25 at /usr/lib/jvm/25' };
  if (cluster.nodeError) throw cluster.nodeError;
  for (const fraction of [0, 0.5, 1])
    yield { type: 'node', phase: 'fetch', detail: 'Downloading OpenSearch 3.8.0', fraction };
  yield { type: 'node', phase: 'start', detail: 'Waiting for it to answer' };
  yield { type: 'node', phase: 'ready', detail: 'It answers', url: cluster.url };
}

const CHECK_TITLES = [
  ['count', 'The number of documents is what was planned'],
  ['health', 'The index is healthy'],
  ['status', 'Both statuses are there'],
  [
    'timeline',
    'How many hours have documents of each of the servers that were up in the week before the demo day?',
  ],
  ['slow-errors', 'Slow errors are found by the query of the README'],
  ['payment-gateway-timeout/timeouts', 'Payment gateway timeout: exactly 65 payments time out'],
  ['database-pool-exhaustion/pool', 'Database connection pool exhaustion: the pool is full'],
  ['memory-pressure/rises', 'Memory pressure: p95 rises in each step'],
  ['sample', 'A sample of documents has every field'],
] as const;

/** A check with its query; 65 is expected. */
export function checkOf(id: string, title: string, ok: boolean, index = INDEX): CheckResult {
  const query = {
    method: 'GET',
    path: `/${index}/_count`,
    body: { query: { term: { status: 'error' } } },
  } as const;
  return { id, title, ok, expected: '65', found: ok ? '65' : '64', query, ms: 12 };
}

/** The scenarios of every fake run at a glance, the latest first. */
export const SCENARIOS: readonly ScenarioBrief[] = [
  {
    ...{ incident: 'inc-1', preset: 'payment-gateway-timeout', title: 'Payment gateway timeout' },
    ...{ timeZone: 'UTC', start: '2026-11-24T14:25:00.000Z', end: '2026-11-24T14:35:00.000Z' },
    ...{ errorRate: 0.2966, p95Ms: 30_012, p95BeforeMs: 512 },
    say: 'At 14:25 p95 of the checkout jumps from 0.5 s to 30 s.',
    which: '65 PAYMENT_TIMEOUT, 53 CIRCUIT_BREAKER_OPEN',
    where: 'stripe: 65 of 65; paypal 0 and square 0',
    when: '14:25:31 first PAYMENT_TIMEOUT · 14:30:52 first breaker opens · 14:45 back to normal',
    impact: '3,960 orders, worth $704,112, could not be paid on the first try.',
    cause: 'stripe stops answering; retries add load until the circuit breakers open',
    dql: 'error_code : PAYMENT_TIMEOUT and payment_gateway : stripe',
  },
  {
    ...{
      incident: 'inc-2',
      preset: 'database-pool-exhaustion',
      title: 'Database connection pool exhaustion',
    },
    ...{ timeZone: 'UTC', start: '2026-11-23T12:15:00.000Z', end: '2026-11-23T12:25:00.000Z' },
    ...{ errorRate: 0.296, p95Ms: 30_104, p95BeforeMs: 498 },
    say: 'At 12:15 p95 of the checkout jumps from 0.5 s to 30 s.',
    which: '142 DB_CONN_EXHAUSTED',
    where: 'checkout-service-03 50, checkout-service-01 47 and checkout-service-02 45',
    when: '12:16 first pool is full · 12:16:40 first DB_CONN_EXHAUSTED · 12:35 back to normal',
    impact: '1,020 orders, worth $181,002, could not be paid on the first try.',
    cause: 'A code path leaks database connections',
    dql: 'error_code : DB_CONN_EXHAUSTED',
  },
  {
    ...{ incident: 'inc-3', preset: 'memory-pressure', title: 'Memory pressure' },
    ...{ timeZone: 'UTC', start: '2026-11-22T18:30:00.000Z', end: '2026-11-22T18:45:00.000Z' },
    ...{ errorRate: 0.324, p95Ms: 8930, p95BeforeMs: 604 },
    say: 'From 18:30 on, p95 of the checkout climbs: 0.6 s before, 8.9 s over the incident.',
    which: '131 MEMORY_EXHAUSTED',
    where: 'checkout-service-02 58, checkout-service-01 40 and checkout-service-03 33',
    when: '18:33:05 first server at 80 % memory · 18:41 first restart · 18:53 back to normal',
    impact: '1,500 orders, worth $266,000, could not be paid on the first try.',
    cause: 'The deployed version leaks memory until garbage collection takes all the time',
    dql: 'error_code : MEMORY_EXHAUSTED',
  },
];

/** Check by check, then the end; `parts` go into it. */
export function* checking(
  cluster: FakeCluster,
  index: string,
  parts: Partial<RunDone> = {},
): Generator<RunEvent, void> {
  yield { type: 'checking', total: CHECK_TITLES.length };
  const checks: CheckResult[] = [];
  for (const [id, title] of CHECK_TITLES) {
    const check = checkOf(id, title, !cluster.failing?.includes(id), index);
    checks.push(check);
    yield { type: 'check', ...check };
  }
  const failed = checks.filter(({ ok }) => !ok).length;
  const total = checks.length;
  const verdict = failed === 0 ? {} : failedBy(new AppError('checks-failed', { failed, total }));
  const scenarios = cluster.scenarios === null ? {} : { scenarios: cluster.scenarios ?? SCENARIOS };
  yield finished({ url: cluster.url, index, checks, guide: GUIDE, ...scenarios, ...parts, ...verdict });
}

/** How many documents every fake run plans. */
const PLANNED = 271_402;

/** What ends a load before its time, if anything does. */
function ending(cluster: FakeCluster, index: string, acknowledged: number, stopped: boolean) {
  const kept = `${acknowledged} documents are kept in ${index}`;
  if (stopped) return new AppError('cancelled', { kept, resume: 'Resume: …' });
  return cluster.breaks && acknowledged > cluster.breaks.after ? cluster.breaks.error : undefined;
}

/** A whole run into an index, which is there from its first batch on. `stopped` is asked before each batch. */
export function* running(
  cluster: FakeCluster,
  { id, settings: { index } }: MadeRun,
  stopped: () => boolean,
): Generator<RunEvent, void> {
  yield { type: 'connected', url: cluster.url, cluster: 'demo', version: '3.5.0' };
  yield { type: 'index', name: index, action: cluster.indexes.has(index) ? 'appended' : 'created' };
  const step = Math.ceil(PLANNED / cluster.batches);
  for (let acknowledged = 0; acknowledged < PLANNED; acknowledged += step) {
    cluster.indexes.set(index, indexState(index, acknowledged, true, id));
    const error = ending(cluster, index, acknowledged, stopped());
    const documents = { planned: PLANNED, acknowledged, found: 0, refused: 0 };
    if (error) return yield finished({ url: cluster.url, index, documents, ...failedBy(error) });
    yield progressed({
      ...{ generated: acknowledged + 2000, acknowledged, bytes: acknowledged * 1080 },
      ...{ batches: Math.ceil(acknowledged / 1000), elapsedMs: (acknowledged / 24_100) * 1000 },
      ...{ documentsPerSecond: 24_100, bytesPerSecond: 26_000_000, answerP95Ms: 210 },
      ...cluster.progress,
    });
    if (cluster.refusals)
      yield { type: 'refused', groups: cluster.refusals, file: `${RUN_FOLDER}/refused.ndjson` };
  }
  cluster.indexes.set(index, indexState(index, PLANNED, true, id));
  yield { type: 'loaded', planned: PLANNED, acknowledged: PLANNED, refused: 0, seconds: 11 };
  const documents = { planned: PLANNED, acknowledged: PLANNED, found: PLANNED, refused: 0 };
  yield* checking(cluster, index, { documents });
}

/** The key that a live shop writes. */
export const LIVE_KEY = `${RUN_FOLDER}/incidents.json`;
/** The dashboard of now, where dashboards are installed. */
export const LIVE_DASHBOARD = 'http://localhost:5601/app/dashboards#/view/room';

const MINUTE_MS = 60_000;
const CONNECTED = { type: 'connected', url: '', cluster: 'demo', version: '3.5.0' } as const;

/** A live shop whose minutes pass one event at a time. `take` gives the commands that came meanwhile. */
export function* living(
  cluster: FakeCluster,
  index: string,
  take: () => readonly LiveCommand[],
  stopped: () => boolean,
  takeGap: () => Gap | undefined = () => undefined,
): Generator<LiveEvent, void> {
  const beginMs = NOW_MS;
  if (cluster.livePresets) yield { type: 'live-presets', presets: cluster.livePresets };
  if (cluster.liveGapMs !== undefined) {
    yield {
      ...{ type: 'gap-found', lastMs: beginMs - cluster.liveGapMs, nowMs: beginMs, timeZone: 'UTC' },
      documents: Math.round(cluster.liveGapMs / 2000),
    };
    while (takeGap() === undefined && !stopped()) yield CONNECTED;
    yield { type: 'notice', text: `The answer is ${takeGap()}` };
  }
  yield {
    ...{ type: 'live-started', id: 'r1', index, url: cluster.url, simulatedMs: beginMs },
    ...{ speed: 60, timeZone: 'UTC', dashboard: LIVE_DASHBOARD },
  };
  let running: LiveIncident | undefined;
  let number = 0;
  const moments: LiveMoment[] = [];
  for (let minute = 0; minute < (cluster.liveMinutes ?? 6) && !stopped(); minute++) {
    const simulatedMs = beginMs + minute * MINUTE_MS;
    for (const command of take()) {
      if (command.type === 'recover' && running) {
        yield { type: 'incident-ended', incident: { ...running, endMs: simulatedMs } };
        running = undefined;
      } else if (command.type === 'start' && running) {
        yield { type: 'command-refused', reason: `${running.title} is running; end it first` };
      } else if (command.type === 'start') {
        number += 1;
        const endMs = simulatedMs + command.durationMinutes * MINUTE_MS;
        running = {
          ...{ id: `live-${number}`, ...startedAs(command.what) },
          ...{ severity: command.severity, startMs: simulatedMs, endMs, recoveredMs: endMs + 5 * MINUTE_MS },
        };
        yield { type: 'incident-started', incident: running };
      }
    }
    moments.push({
      ...{ startMs: simulatedMs, perMinute: 40 + minute },
      ...{ p95Ms: running ? 30_004 : 412, errorRate: running ? 0.31 : 0.012 },
    });
    const errors = running ? [{ ms: simulatedMs, text: 'PAYMENT_TIMEOUT stripe checkout-service-02' }] : [];
    yield {
      ...{ type: 'tick', simulatedMs, indexedMs: simulatedMs - 1200, lagMs: 1200, documents: 40 * minute },
      ...{ moments: [...moments], errors },
      ...(running ? { running } : {}),
    };
  }
  const documents = { planned: 240, acknowledged: 240, found: 240, refused: 0 };
  yield { ...finished({ url: cluster.url, index, documents }), key: LIVE_KEY };
}

/** What starts by a name. */
function startedAs(what: string): Pick<LiveIncident, 'type' | 'preset' | 'title'> {
  const preset = BUILT_IN.find(({ id }) => id === what);
  if (preset) return { type: preset.model.type, preset: preset.id, title: preset.title };
  if (what === RED_HERRING) return { type: what, preset: null, title: 'Harmless deployment' };
  return { type: what, preset: null, title: MODELS.find(({ type }) => type === what)?.title ?? what };
}

/** How an index stands. */
export const stateOf = ({ indexes }: FakeCluster, name: string): IndexState =>
  indexes.get(name) ?? noIndex(name);

/** As stateOf, where it can be looked at. Throws the world's `indexError`. */
export function inspected(cluster: FakeCluster, name: string): IndexState {
  if (cluster.indexError) throw cluster.indexError;
  return stateOf(cluster, name);
}

/** A name that no index has. */
export function freeName({ indexes }: FakeCluster, name: string): string {
  for (let number = 2; ; number++) if (!indexes.has(`${name}_${number}`)) return `${name}_${number}`;
}

/** Deletes what a run made, and returns how many documents. Throws where another run has it, or `removeError`. */
export function removed({ indexes, removeError }: FakeCluster, { id, settings: { index } }: MadeRun): number {
  if (removeError) throw removeError;
  const there = indexes.get(index);
  if (there && there.meta?.run !== id) throw new AppError('index-shared', { index });
  indexes.delete(index);
  return there?.documents ?? 0;
}
