// Events for the reducer, the way to each step, and a history played through it.
import type { RunEvent } from '../../src/core/events.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { begin } from '../../src/wizard/begin.ts';
import type { Effect, WizardEvent } from '../../src/wizard/events.ts';
import { reduce } from '../../src/wizard/reducer.ts';
import type { OpenRun } from '../../src/wizard/services.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import {
  CATALOG,
  checkOf,
  FORECAST,
  failedBy,
  finished,
  INDEX,
  indexState,
  NOW_MS,
  noIndex,
  progressed,
  wizardSettings,
} from './fake-world.ts';

export const refused = new AppError('connection-refused', { address: 'localhost:9200' });
export const stopped = finished({
  ok: false,
  exit: 130,
  error: { code: 'cancelled', message: 'Stopped', actions: [] },
});

export const RUN_EVENTS: readonly RunEvent[] = [
  { type: 'notice', text: 'a notice' },
  { type: 'connected', url: 'http://localhost:9200', cluster: 'demo', version: '3.5.0' },
  { type: 'planned', documents: 10, start: '', end: '', incidents: 3, seed: 1 },
  { type: 'index', name: INDEX, action: 'created' },
  progressed(),
  { type: 'loaded', planned: 10, acknowledged: 10, refused: 0, seconds: 1 },
  { type: 'checking', total: 1 },
  { type: 'check', ...checkOf('c1', 'A check', false) },
  finished(),
  stopped,
  finished(failedBy(new AppError('checks-failed', { failed: 1, total: 1 }))),
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
  { type: 'catalog', entries: CATALOG },
  { type: 'forecast', of: 'forecast', forecast: FORECAST },
  { type: 'climbed' },
];
const review: WizardEvent[] = [...connected, { type: 'forward' }, { type: 'forward' }, { type: 'forward' }];
/** The index is not there. */
const free: WizardEvent = { type: 'index-state', index: noIndex(INDEX) };
const loading: WizardEvent[] = [...review, free, { type: 'forward' }, free];
const ended: WizardEvent[] = [
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
  finished: ended,
} as const satisfies Readonly<Record<string, readonly WizardEvent[]>>;
