// The wizard in the fake world, one event at a time, in any order a test wants: no clock, no timer, no cluster.

import { liveCatalog } from '../../src/commands/live-catalog.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { LiveCommand, LiveEvent } from '../../src/core/live/types.ts';
import { AppError, asAppError } from '../../src/errors/app-error.ts';
import type { UiContext } from '../../src/ui/ink/ui-context.ts';
import { createUiStore } from '../../src/ui/ink/ui-state.ts';
import { BARE } from '../../src/ui/text/hyperlink.ts';
import { begin } from '../../src/wizard/begin.ts';
import type { Effect, WizardEvent } from '../../src/wizard/events.ts';
import { reduce } from '../../src/wizard/reducer.ts';
import type { MadeRun, OpenRun } from '../../src/wizard/services.ts';
import type { Session } from '../../src/wizard/session.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import { fakeServices } from './fake-services.ts';
import {
  CATALOG,
  checking,
  climbing,
  type FakeCluster,
  FORECAST,
  fakeCluster,
  freeName,
  gettingUp,
  inspected,
  living,
  NOW_MS,
  OWN_ENTRY,
  removed,
  running,
  stateOf,
  wizardSettings,
} from './fake-world.ts';

/** A cluster that answers at every address, and takes the data in four batches. */
export const walkable = (changes: Partial<FakeCluster> = {}): FakeCluster =>
  fakeCluster({ everywhere: true, batches: 4, speed: 9000, ...changes });

function* climb(cluster: FakeCluster, url: string): Generator<WizardEvent> {
  const rungs = climbing(cluster, url);
  for (let next = rungs.next(); ; next = rungs.next()) {
    if (!next.done) yield { type: 'rung', rung: next.value };
    else if (next.value === 'well') return yield { type: 'climbed' };
    else return;
  }
}

function* asEvents(events: Generator<RunEvent>): Generator<WizardEvent> {
  for (const event of events) yield { type: 'run', event };
}

/** What comes of an effect; what it throws comes as another event. */
function* caught(
  events: Generator<WizardEvent>,
  otherwise: (error: AppError) => WizardEvent,
): Generator<WizardEvent> {
  try {
    yield* events;
  } catch (error) {
    yield otherwise(asAppError(error));
  }
}

function* nodeStarts(cluster: FakeCluster): Generator<WizardEvent> {
  for (const event of gettingUp(cluster)) yield { type: 'node', event };
}

function* presetRead({ presetError }: FakeCluster): Generator<WizardEvent> {
  if (presetError) throw presetError;
  yield { type: 'preset-read', entry: OWN_ENTRY };
}

function* inspects(cluster: FakeCluster, name: string): Generator<WizardEvent> {
  const index = inspected(cluster, name);
  yield { type: 'index-state', index, ...(index.exists ? { freeName: freeName(cluster, name) } : {}) };
}

function* removes(cluster: FakeCluster, run: MadeRun): Generator<WizardEvent> {
  yield { type: 'run-removed', documents: removed(cluster, run) };
}

function* asLive(events: Generator<LiveEvent>): Generator<WizardEvent> {
  for (const event of events) yield { type: 'live', event };
}

function* answers(
  cluster: FakeCluster,
  effect: Effect,
  stopped: () => boolean,
  take: () => readonly LiveCommand[],
): Generator<WizardEvent> {
  switch (effect.type) {
    case 'load-planner':
      return yield { type: 'catalog', entries: CATALOG };
    case 'forecast':
    case 'gallery':
      return yield { type: 'forecast', of: effect.type, forecast: FORECAST };
    case 'climb':
      return yield* climb(cluster, effect.connection.url);
    case 'start-local-node':
      return yield* caught(nodeStarts(cluster), (error) => ({ type: 'node-failed', error }));
    case 'try-speed':
      return yield {
        ...{ type: 'tried', url: effect.connection.url, documentsPerSecond: cluster.speed ?? 0 },
      };
    case 'read-preset':
      return yield* caught(presetRead(cluster), (error) => ({ type: 'preset-unread', error }));
    case 'inspect-leftovers':
      return yield { type: 'leftovers', index: stateOf(cluster, effect.name) };
    case 'remove-run':
      return yield* caught(removes(cluster, effect.run), (error) => ({
        type: 'remove-failed',
        error,
      }));
    case 'inspect-index':
      return yield* caught(inspects(cluster, effect.name), (error) => ({ type: 'index-failed', error }));
    case 'run':
      return yield* asEvents(running(cluster, effect.request, stopped));
    case 'validate-index':
      return yield* asEvents(checking(cluster, effect.request.settings.index));
    case 'live':
      return yield* asLive(living(cluster, effect.request.settings.index, take, stopped));
    case 'load-live-catalog':
      return yield { type: 'live-catalog', entries: liveCatalog(effect.presets) };
    case 'find-dashboards':
      return yield { type: 'dashboards-absent', docker: false };
    case 'install-dashboards': {
      const error = new AppError('dashboards-unreachable', { address: effect.url, reason: 'refused' });
      return yield { type: 'dashboards-failed', error };
    }
    case 'stop-node':
      return yield { type: 'node-stopped' };
    case 'read-guide':
      return yield { type: 'guide-read', lines: ['# Investigation guide'] };
    case 'open-link':
      return yield { type: 'link-opened', ok: true };
    case 'disarm-interrupt':
      return yield { type: 'disarm-interrupt' };
    default:
      return;
  }
}

/** The wizard in that world. Nothing happens but by a key, or by one answer of the world. */
export class Walk {
  readonly ui: UiContext;
  /** How things stand; a test changes it between two steps. */
  world: FakeCluster;
  state: WizardState;
  /** What was wanted and is not answered yet; each kind at most once, as in a session. */
  readonly #pending = new Map<Effect['type'], Generator<WizardEvent>>();
  #stopped = false;
  readonly #commands: LiveCommand[] = [];
  #nowMs = NOW_MS;

  constructor(world: FakeCluster = walkable(), unfinished: readonly OpenRun[] = [], local = false) {
    this.world = world;
    const first = begin(
      { settings: wizardSettings({ local }), password: undefined, random: 0, unfinished },
      NOW_MS,
    );
    this.state = first.state;
    first.effects.forEach(this.#want);
    const session: Session = {
      subscribe: () => () => {},
      getSnapshot: () => this.state,
      send: (intent) => this.#apply(intent),
      ended: new Promise(() => {}),
      services: fakeServices(fakeCluster(), () => this.#nowMs),
    };
    this.ui = {
      session,
      store: createUiStore(),
      terminal: { copy() {}, suspend() {}, redraw() {}, links: BARE },
    };
  }

  #want = (effect: Effect): void => {
    if (effect.type === 'cancel') for (const type of effect.effects) this.#pending.delete(type);
    else if (effect.type === 'stop-run' || effect.type === 'stop-live') this.#stopped = true;
    else if (effect.type === 'live-command') this.#commands.push(effect.command);
    else {
      if (effect.type === 'run' || effect.type === 'live') this.#stopped = false;
      this.#pending.set(
        effect.type,
        answers(
          this.world,
          effect,
          () => this.#stopped,
          () => this.#commands.splice(0),
        ),
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
