// The events of a live shop, folded into what its screen shows.
import type { LiveEvent, LiveIncident, LiveTick } from '../core/live/types.ts';
import type { Severity } from '../core/plan/labels.ts';
import type { LiveEntry } from './services.ts';

/** Lines of the log that are kept. */
const LOG_LIMIT = 500;

/** A live shop, from its first event to its last. */
export interface LiveView {
  readonly status: 'starting' | 'running' | 'stopping' | 'ended';
  /** Where it was begun, and so where Escape leads. */
  readonly from: 'next' | 'command';
  readonly begun?: Extract<LiveEvent, { type: 'live-started' }>;
  readonly tick?: LiveTick;
  /** All that were started, the first one first, as they stand now. */
  readonly incidents: readonly LiveIncident[];
  /** Ids of those that have ended. */
  readonly over: readonly string[];
  /** What the next incident is like. */
  readonly choice: LiveChoice;
  /** What can be started; empty until it is known. */
  readonly catalog: readonly LiveEntry[];
  readonly log: readonly string[];
  /** Why it ended without a last event. */
  readonly failure?: string;
  readonly done?: Extract<LiveEvent, { type: 'done' }>;
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

/** A live shop of which nothing has been heard yet. */
export function newLiveView(from: LiveView['from'], choice: LiveChoice): LiveView {
  return { status: 'starting', from, incidents: [], over: [], choice, catalog: [], log: [] };
}

const noted = (view: LiveView, line: string): LiveView => ({
  ...view,
  log: [...view.log, line].slice(-LOG_LIMIT),
});

/** The incident in its place, or at the end when it is new. */
function withIncident(view: LiveView, incident: LiveIncident, isOver: boolean): LiveView {
  const known = view.incidents.some(({ id }) => id === incident.id);
  const incidents = known
    ? view.incidents.map((one) => (one.id === incident.id ? incident : one))
    : [...view.incidents, incident];
  return { ...view, incidents, over: isOver ? [...view.over, incident.id] : view.over };
}

const WORDS = {
  'incident-started': 'started',
  'incident-ended': 'ended',
  'incident-recovered': 'back to normal',
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
    case 'live-started':
      return noted({ ...view, status: 'running', begun: event }, `Live in ${event.index}`);
    case 'tick':
      return { ...view, tick: event };
    case 'incident-started':
    case 'incident-ended':
    case 'incident-recovered':
      return noted(
        withIncident(view, event.incident, event.type !== 'incident-started'),
        `${event.incident.title} (${event.incident.id}): ${WORDS[event.type]}`,
      );
    case 'command-refused':
      return noted(view, event.reason);
    case 'done':
      return noted({ ...view, status: 'ended', done: event }, event.error?.message ?? 'Stopped');
    default:
      return view;
  }
}

/** The incident that is running or about to; undefined when there is none, or it only recovers. */
export function runningIncident({ incidents, over }: LiveView): LiveIncident | undefined {
  return incidents.findLast(({ id }) => !over.includes(id));
}
