// A world that answers the wizard one event at a time, in any order a test wants: no clock, no timer, no cluster.
import { RUNGS } from '../../src/core/cluster/types.ts';
import type { RunDone, RunEvent } from '../../src/core/events.ts';
import { BUILT_IN } from '../../src/core/plan/presets.ts';
import { AppError, type ErrorCode } from '../../src/errors/app-error.ts';
import type { UiContext } from '../../src/ui/ink/ui-context.ts';
import { createUiStore } from '../../src/ui/ink/ui-state.ts';
import { begin } from '../../src/wizard/begin.ts';
import type { Effect, WizardEvent } from '../../src/wizard/events.ts';
import { reduce } from '../../src/wizard/reducer.ts';
import type { Forecast, OpenRun, RunInput, Services } from '../../src/wizard/services.ts';
import type { Session } from '../../src/wizard/session.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import { fakeCluster, fakeServices, indexState, NOW_MS, wizardSettings } from './ink-services.ts';

/** How things stand; a test changes it between two steps. */
export interface World {
  /** What the ladder ends with; undefined when it holds. */
  error: ErrorCode | undefined;
  nodeFails: boolean;
  indexFails: boolean;
  /** The index of the usual name: absent, made by this tool, or by somebody else. */
  index: 'absent' | 'ours' | 'theirs';
  run: 'well' | 'breaks' | 'silent' | 'check fails';
  removeFails: boolean;
  presetFails: boolean;
}

export const WELL: World = {
  error: undefined,
  nodeFails: false,
  indexFails: false,
  index: 'absent',
  run: 'well',
  removeFails: false,
  presetFails: false,
};

const VALUES = { address: 'localhost:9200', otherUrl: 'http://localhost:9201', fingerprint: 'AA:BB' };
const trouble = (code: ErrorCode) => new AppError(code, VALUES);
const entries = BUILT_IN.map((preset) => ({ preset, flag: preset.id }));
const HOUR_MS = 3_600_000;

const forecast: Forecast = {
  demoDay: '2026-11-24',
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

function* climb({ error }: World): Generator<WizardEvent> {
  for (const rung of RUNGS) {
    yield { type: 'rung', rung: { rung, state: 'checking', detail: '', ms: 0 } };
    const failed = error !== undefined && rung === 'port';
    const held = { rung, state: 'ok', detail: 'well', ms: 1 } as const;
    yield {
      type: 'rung',
      rung: failed ? { ...held, state: 'failed', error: trouble(error) } : held,
    };
    if (failed) return;
  }
  yield { type: 'climbed' };
}

function* startNode({ nodeFails }: World): Generator<WizardEvent> {
  yield { type: 'node', event: { type: 'node', phase: 'java', detail: 'Java 25' } };
  if (nodeFails) yield { type: 'node-failed', error: trouble('node-failed') };
  else
    yield { type: 'node', event: { type: 'node', phase: 'ready', detail: '', url: 'http://localhost:9203' } };
}

const progressed = (acknowledged: number, silentMs = 0): RunEvent => ({
  ...{ type: 'progress', generated: acknowledged, acknowledged, alreadyThere: 0, refused: 0 },
  ...{ bytes: acknowledged, batches: 1, retried: 0, senders: 4, documentsPerSecond: 9, bytesPerSecond: 9 },
  ...{ answerP95Ms: 9, elapsedMs: 1000 + acknowledged, throttled: false, silentMs },
});

const doneEvent = (index: string, error?: AppError): RunDone => ({
  ...{ type: 'done', ok: !error, exit: error?.exit ?? 0, url: 'http://localhost:9200', index },
  ...{ documents: { planned: 10, acknowledged: 10, found: 10, refused: 0 }, checks: [] },
  ...{ seconds: { plan: 0, load: 1, validate: 0, total: 1 }, seed: 1, command: 'incident-demo run --yes' },
  ...(error ? { error: { code: error.code, message: error.message, actions: [] } } : { guide: '/g.md' }),
});

function* checks(world: World, index: string): Generator<RunEvent> {
  yield { type: 'checking', total: 2 };
  const query = { method: 'GET', path: `/${index}/_count` } as const;
  for (const id of ['c1', 'c2']) {
    const ok = world.run !== 'check fails' || id === 'c1';
    yield {
      type: 'check',
      id,
      title: `About: ${id}`,
      ok,
      expected: '1',
      found: ok ? '1' : '2',
      ms: 1,
      query,
    };
  }
  const failed =
    world.run === 'check fails' ? new AppError('checks-failed', { failed: 1, total: 2 }) : undefined;
  yield doneEvent(index, failed);
}

function* run(world: World, { settings }: RunInput, stopped: () => boolean): Generator<RunEvent> {
  yield { type: 'connected', url: settings.url, cluster: 'demo', version: '3.5.0' };
  yield {
    type: 'index',
    name: settings.index,
    action: settings.onConflict === 'append' ? 'appended' : 'created',
  };
  for (let place = 1; place <= 4; place++) {
    if (stopped()) return yield doneEvent(settings.index, trouble('cancelled'));
    yield progressed(place, world.run === 'silent' && place > 1 ? 30_000 : 0);
    if (world.run === 'breaks' && place === 2)
      return yield doneEvent(settings.index, trouble('load-incomplete'));
  }
  yield { type: 'loaded', planned: 10, acknowledged: 10, refused: 0, seconds: 1 };
  yield* checks(world, settings.index);
}

function* asEvents(events: Generator<RunEvent>): Generator<WizardEvent> {
  for (const event of events) yield { type: 'run', event };
}

function stateOf({ index }: World, name: string) {
  const exists = index !== 'absent' && name === wizardSettings().index;
  return { ...indexState(name, exists ? 5 : 0, index === 'ours'), exists };
}

function* answers(world: World, effect: Effect, stopped: () => boolean): Generator<WizardEvent> {
  switch (effect.type) {
    case 'load-planner':
      return yield { type: 'catalog', entries };
    case 'forecast':
    case 'gallery':
      return yield { type: 'forecast', of: effect.type, forecast };
    case 'climb':
      return yield* climb(world);
    case 'start-local-node':
      return yield* startNode(world);
    case 'try-speed':
      return yield { type: 'tried', url: effect.connection.url, documentsPerSecond: 9000 };
    case 'read-preset': {
      const [entry] = entries;
      if (world.presetFails || !entry) return yield { type: 'preset-unread', error: trouble('preset') };
      return yield {
        type: 'preset-read',
        entry: { preset: { ...entry.preset, id: 'mine' }, flag: 'mine.json' },
      };
    }
    case 'inspect-leftovers':
      return yield { type: 'leftovers', index: indexState(effect.name, 5) };
    case 'remove-run':
      return yield world.removeFails
        ? { type: 'remove-failed', error: trouble('port-silent') }
        : { type: 'run-removed', documents: 5 };
    case 'inspect-index': {
      if (world.indexFails) return yield { type: 'index-failed', error: trouble('port-silent') };
      const index = stateOf(world, effect.name);
      return yield { type: 'index-state', index, ...(index.exists ? { freeName: `${effect.name}-2` } : {}) };
    }
    case 'run':
      return yield* asEvents(run(world, effect.request, stopped));
    case 'validate-index':
      return yield* asEvents(checks(world, effect.request.settings.index));
    case 'disarm-interrupt':
      return yield { type: 'disarm-interrupt' };
    default:
      return;
  }
}

/** The wizard in that world. Nothing happens but by a key, or by one answer of the world. */
export class Walk {
  readonly ui: UiContext;
  world: World;
  state: WizardState;
  /** What was wanted and is not answered yet; each kind at most once, as in a session. */
  readonly #pending = new Map<Effect['type'], Generator<WizardEvent>>();
  #stopped = false;
  #nowMs = NOW_MS;

  constructor(world: World, unfinished: readonly OpenRun[] = []) {
    this.world = world;
    const first = begin({ settings: wizardSettings(), password: undefined, random: 0, unfinished }, NOW_MS);
    this.state = first.state;
    first.effects.forEach(this.#want);
    const services: Services = fakeServices(fakeCluster(), () => this.#nowMs);
    const session: Session = {
      subscribe: () => () => {},
      getSnapshot: () => this.state,
      send: (intent) => this.#apply(intent),
      ended: new Promise(() => {}),
      services,
    };
    this.ui = { session, store: createUiStore(), terminal: { copy() {}, suspend() {}, redraw() {} } };
  }

  #want = (effect: Effect): void => {
    if (effect.type === 'cancel') for (const type of effect.effects) this.#pending.delete(type);
    else if (effect.type === 'stop-run') this.#stopped = true;
    else {
      if (effect.type === 'run') this.#stopped = false;
      this.#pending.set(
        effect.type,
        answers({ ...this.world }, effect, () => this.#stopped),
      );
    }
  };

  #apply(event: WizardEvent): void {
    this.#nowMs += 1000;
    const { state, effects } = reduce(this.state, event, this.#nowMs);
    this.state = state;
    effects.forEach(this.#want);
  }

  /** The world answers once, the oldest wish first or the latest; false when nothing is waited for. */
  answer(latest = false): boolean {
    const waiting = [...this.#pending].filter(([type]) => type !== 'climb' || !this.#asksAgain);
    const [type, events] = (latest ? waiting.at(-1) : waiting[0]) ?? [];
    if (!type || !events) return false;
    const { value, done } = events.next();
    if (done) this.#pending.delete(type);
    else this.#apply(value);
    return true;
  }

  /** True while a cluster is asked again and again that is not well: it never answers. */
  get #asksAgain(): boolean {
    const { connection } = this.state;
    return (
      connection.state === 'down' && connection.retry?.everyMs !== undefined && this.world.error !== undefined
    );
  }

  /** Until nothing is waited for any more. */
  settle(): void {
    for (let answers = 0; this.answer(); answers++) {
      if (answers > 500) throw new Error('the wizard never comes to rest');
    }
  }
}
