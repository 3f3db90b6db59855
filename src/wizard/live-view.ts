// The events of a live shop, folded into what its screen shows.
import type { LiveCommand, LiveEvent, LiveIncident, LiveTick } from '../core/live/types.ts';
import { RED_HERRING } from '../core/live-control/limits.ts';
import type { Severity } from '../core/plan/labels.ts';
import type { LiveEntry } from './services.ts';

/** Lines of the log that are kept. */
const LOG_LIMIT = 500;

/** A live shop, from its first event to its last. */
export interface LiveView {
  readonly status: 'starting' | 'asking' | 'running' | 'stopping' | 'ended';
  /** Where it was begun, and so where Escape leads. */
  readonly from: 'next' | 'command';
  readonly begun?: Extract<LiveEvent, { type: 'live-started' }>;
  readonly tick?: LiveTick;
  /** Documents that it added before it was stopped and went live again. */
  readonly earlier: number;
  /** The time since the last document, about which it asks. */
  readonly gap?: Extract<LiveEvent, { type: 'gap-found' }>;
  /** How far the load of an index of its own is. */
  readonly load?: LiveLoad;
  /** A command that is not carried out yet. */
  readonly asked?: LiveCommand;
  /** What the status line says, and for how many ticks. */
  readonly said?: { readonly notice: string; readonly ticks: number };
  /** All that were started, the first one first, as they stand now. */
  readonly incidents: readonly LiveIncident[];
  /** Ids of those that have ended. */
  readonly over: readonly string[];
  /** What the next incident is like. */
  readonly choice: LiveChoice;
  /** What can be started; empty until it is known. */
  readonly catalog: readonly LiveEntry[];
  readonly log: readonly LogLine[];
  /** Why it ended without a last event. */
  readonly failure?: { readonly message: string; readonly actions: readonly string[] };
  readonly done?: Extract<LiveEvent, { type: 'done' }>;
}

/** What was told, at an instant of the shop; before it is live there is none. */
interface LogLine {
  readonly ms: number | undefined;
  readonly text: string;
}

/** Of an index that is made first; about so many documents. */
interface LiveLoad {
  readonly planned: number;
  readonly acknowledged: number;
  readonly documentsPerSecond: number;
  /** Once it is loaded. */
  readonly checks?: { readonly total: number; readonly done: number };
}

export interface LiveChoice {
  readonly severity: Severity;
  /** How long it lasts if it is not ended before. */
  readonly minutes: number;
  /** True when keys start presets, with their settings, instead of types. */
  readonly presets: boolean;
}

/** The next severity, so many minutes more, and whether keys start presets. */
export interface LiveChange {
  readonly severity?: 1;
  readonly minutes?: number;
  readonly presets?: boolean;
}

/** A live shop of which nothing has been heard yet. @param before the one that was stopped, whose index it goes on in */
export function newLiveView(from: LiveView['from'], choice: LiveChoice, before?: LiveView): LiveView {
  const { incidents = [], over = [], log = [] } = before ?? {};
  const earlier = before ? before.earlier + (before.tick?.documents ?? 0) : 0;
  return { status: 'starting', from, earlier, incidents, over, choice, catalog: [], log };
}

/** The log with one more line, unless the last one says the same. */
function noted(view: LiveView, text: string): LiveView {
  const { tick, begun, log } = view;
  if (log.at(-1)?.text === text) return view;
  const ms = tick?.simulatedMs ?? begun?.simulatedMs;
  return { ...view, log: [...log, { ms, text }].slice(-LOG_LIMIT) };
}

const answered = ({ asked: _, ...view }: LiveView): LiveView => view;

/** The incident in its place, or at the end when it is new. */
function withIncident(view: LiveView, incident: LiveIncident, isOver: boolean): LiveView {
  const known = view.incidents.some(({ id }) => id === incident.id);
  const incidents = known
    ? view.incidents.map((one) => (one.id === incident.id ? incident : one))
    : [...view.incidents, incident];
  return { ...view, incidents, over: isOver ? [...view.over, incident.id] : view.over };
}

/** One that was started before this shop went live is known from a tick alone. */
function withRunning(view: LiveView, { running }: LiveTick): LiveView {
  const isNew = running !== undefined && !view.incidents.some(({ id }) => id === running.id);
  return isNew ? withIncident(view, running, false) : view;
}

const NOTHING: LiveLoad = { planned: 0, acknowledged: 0, documentsPerSecond: 0 };

/** What an event of the load says of it; undefined where it says nothing. */
function loadProgress({ planned, ...load }: LiveLoad, event: LiveEvent): LiveLoad | undefined {
  switch (event.type) {
    case 'planned':
      return { ...NOTHING, planned: event.documents };
    case 'progress': {
      const { acknowledged, documentsPerSecond } = event;
      return { planned, acknowledged, documentsPerSecond };
    }
    case 'checking':
      return { ...load, planned, checks: { total: event.total, done: 0 } };
    case 'check': {
      const { total = 0, done = 0 } = load.checks ?? {};
      return { ...load, planned, checks: { total, done: done + 1 } };
    }
    default:
      return undefined;
  }
}

const WORDS = {
  'incident-started': 'started',
  'incident-ended': 'ended',
  'incident-recovered': 'is over',
} as const;

/** What is known after one more event. */
export function liveProgress(view: LiveView, event: LiveEvent): LiveView {
  switch (event.type) {
    case 'node':
      return noted(view, event.detail);
    case 'notice':
      return noted(view, event.text);
    case 'connected':
      return noted(view, `Connected to OpenSearch ${event.version}, cluster ${event.cluster}`);
    case 'gap-found':
      return { ...view, status: 'asking', gap: event };
    case 'live-started':
      return noted({ ...view, status: 'running', begun: event }, `Live in ${event.index}`);
    case 'tick':
      return withRunning({ ...view, tick: event }, event);
    case 'incident-started':
    case 'incident-ended':
    case 'incident-recovered':
      return noted(
        withIncident(answered(view), event.incident, event.type !== 'incident-started'),
        `${event.incident.title} ${WORDS[event.type]} (${event.incident.id})`,
      );
    case 'command-refused':
      return noted(answered(view), event.reason);
    case 'done':
      return noted({ ...view, status: 'ended', done: event }, event.error?.message ?? 'Stopped');
    default: {
      const load = loadProgress(view.load ?? NOTHING, event);
      return load ? { ...view, load } : view;
    }
  }
}

/** True for what looks like trouble and is none: it cannot be ended, and nothing recovers from it. */
export const isHerring = ({ type }: Pick<LiveIncident, 'type'>): boolean => type === RED_HERRING;

/** The incident that is running or about to; undefined when there is none, or it only recovers. */
export function runningIncident({ incidents, over }: LiveView): LiveIncident | undefined {
  return incidents.findLast((incident) => !over.includes(incident.id) && !isHerring(incident));
}

/** The red herring that is under way. */
export function runningHerring({ incidents, over }: LiveView): LiveIncident | undefined {
  return incidents.findLast((incident) => !over.includes(incident.id) && isHerring(incident));
}

/** True while an incident is under way or recovers, started by hand or planned with the data: there is one at a time. */
export function isHeld(view: LiveView): boolean {
  const { incidents, tick } = view;
  if (runningIncident(view) || tick?.planned) return true;
  const last = incidents.findLast((incident) => !isHerring(incident));
  return last !== undefined && tick !== undefined && tick.simulatedMs < last.recoveredMs;
}

/** Below this the index keeps up, ms on the wall. */
const LATE_MS = 5000;

/** True when the index is so far behind that a chart in Dashboards looks wrong. */
export const isLate = ({ begun, tick }: LiveView): boolean =>
  (tick?.lagMs ?? 0) > LATE_MS * (begun?.speed ?? 1);
