// Events for the reducer, the way to each step, and a history played through it.
import type { LadderStep } from '../../src/core/cluster/types.ts';
import type { RunDone, RunEvent } from '../../src/core/events.ts';
import { BUILT_IN } from '../../src/core/plan/presets.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { begin } from '../../src/wizard/begin.ts';
import type { Effect, WizardEvent } from '../../src/wizard/events.ts';
import { reduce } from '../../src/wizard/reducer.ts';
import type { Forecast, OpenRun } from '../../src/wizard/services.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import { indexState, NOW_MS, wizardSettings } from './ink-services.ts';

export const INDEX = 'ecommerce_performance_demo';
export const refused = new AppError('connection-refused', { address: 'localhost:9200' });
export const entries = BUILT_IN.map((preset) => ({ preset, flag: preset.id }));

const [first] = entries;
if (!first) throw new Error('there are no presets');
export const builtIn = first;
export const own = { preset: { ...builtIn.preset, id: 'mine', title: 'Mine' }, flag: './mine.json' };

export const forecast: Forecast = {
  demoDay: '2026-11-24',
  timeZone: 'UTC',
  startMs: NOW_MS - 7 * 86_400_000,
  endMs: NOW_MS,
  documents: 270_000,
  bytes: 290_000_000,
  key: 'k1',
  incidents: [],
  omitted: [],
  series: ({ points }) => ({ tps: Array(points).fill(20), p95Ms: Array(points).fill(300) }),
};

export const done = (changes: Partial<RunDone> = {}): RunDone => ({
  type: 'done',
  ok: true,
  exit: 0,
  url: 'http://localhost:9200',
  index: INDEX,
  documents: { planned: 10, acknowledged: 10, found: 10, refused: 0 },
  checks: [],
  seconds: { plan: 0, load: 1, validate: 0, total: 1 },
  seed: 1,
  command: 'incident-demo run --seed 1 --yes',
  ...changes,
});

export const rung = (name: LadderStep['rung'], state: LadderStep['state']): LadderStep => ({
  rung: name,
  state,
  detail: '',
  ms: 1,
  ...(state === 'failed' ? { error: refused } : {}),
});

export const cancelled = { code: 'cancelled', message: 'Stopped', actions: [] };
export const progress = (silentMs: number, senders = 4): RunEvent => ({
  ...{ type: 'progress', generated: 9, acknowledged: 5, alreadyThere: 0, refused: 0, bytes: 9, batches: 1 },
  ...{
    retried: 0,
    documentsPerSecond: 5,
    bytesPerSecond: 9,
    answerP95Ms: 9,
    elapsedMs: 1000,
    throttled: false,
  },
  ...{ senders, silentMs },
});

export const RUN_EVENTS: readonly RunEvent[] = [
  { type: 'notice', text: 'a notice' },
  { type: 'connected', url: 'http://localhost:9200', cluster: 'demo', version: '3.5.0' },
  { type: 'planned', documents: 10, start: '', end: '', incidents: 3, seed: 1 },
  { type: 'index', name: INDEX, action: 'created' },
  progress(0),
  { type: 'loaded', planned: 10, acknowledged: 10, refused: 0, seconds: 1 },
  { type: 'checking', total: 1 },
  {
    ...{ type: 'check', id: 'c1', title: 'A check', ok: false, expected: '1', found: '2', ms: 1 },
    query: { method: 'GET', path: '/x/_count' },
  },
  done(),
  done({ ok: false, exit: 130, error: cancelled }),
  done({ ok: false, exit: 5, error: { code: 'checks-failed', message: 'x', actions: [] } }),
];

export interface Step {
  readonly before: WizardState;
  readonly event: WizardEvent;
  readonly after: WizardState;
  readonly effects: readonly Effect[];
}

/** Plays events from the first state on. */
export function play(
  events: readonly WizardEvent[],
  unfinished: readonly OpenRun[] = [],
  random = 0,
): { end: WizardState; steps: Step[] } {
  let state = begin({ settings: wizardSettings(), password: undefined, random, unfinished }, NOW_MS).state;
  const steps = events.map((each, place) => {
    const before = state;
    const { state: after, effects } = reduce(before, each, NOW_MS + place * 100);
    state = after;
    return { before, event: each, after, effects };
  });
  return { end: state, steps };
}

const connected: WizardEvent[] = [
  { type: 'catalog', entries },
  { type: 'forecast', of: 'forecast', forecast },
  { type: 'climbed' },
];
const review: WizardEvent[] = [...connected, { type: 'forward' }, { type: 'forward' }, { type: 'forward' }];
/** The index is not there. */
export const free: WizardEvent = { type: 'index-state', index: { ...indexState(INDEX, 0), exists: false } };
const loading: WizardEvent[] = [...review, free, { type: 'forward' }, free];
const finished: WizardEvent[] = [
  ...loading,
  ...RUN_EVENTS.slice(1, 9).map((inner) => ({ type: 'run', event: inner }) as const),
];

/** Events that lead to each step, so that random ones do not stay at the first. */
export const ROADS = {
  nowhere: [],
  connected,
  review,
  indexThere: [...review, { type: 'index-state', index: indexState(INDEX, 5) }],
  loading,
  finished,
} as const satisfies Readonly<Record<string, readonly WizardEvent[]>>;
