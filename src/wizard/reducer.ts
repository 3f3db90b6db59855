// The wizard as one pure function: a state and an event give the next state and what is to be done.

import { nodeEvent } from './connect.ts';
import {
  dashboardsAbsent,
  dashboardsFailed,
  dashboardsFound,
  dashboardsInstalled,
  dashboardsNotStarted,
  dashboardsStarted,
} from './dashboards.ts';
import { indexPlanned } from './demo.ts';
import type { WizardEvent } from './events.ts';
import { catalogReady } from './forecast.ts';
import { onIntent } from './intents.ts';
import { addRung, climbed, climbFailed } from './ladder.ts';
import { leaveConnectWhenReady } from './leave-connect.ts';
import { catalogOfLive, liveEvent, liveFailed } from './live.ts';
import { runEvent, runFailed } from './load.ts';
import { madeKept, madeRemoved, nodeStopped } from './next.ts';
import { indexFailed, indexState } from './review.ts';
import { presetRead, presetUnread } from './scenario.ts';
import { leftoversKnown, removeFailed, unfinishedRemoved } from './start.ts';
import type { WizardState } from './state.ts';
import { andThen, next, type Transition } from './transition.ts';

/** What comes back from an effect leaves the notice in view; once the person does something it has been read. */
function onEvent(state: WizardState, event: WizardEvent, nowMs: number): Transition {
  switch (event.type) {
    case 'preset-read':
      return presetRead(state, event.entry);
    case 'preset-unread':
      return presetUnread(state, event.error);
    case 'catalog':
      return catalogReady(state, event.entries);
    case 'catalog-failed':
      return next({ ...state, catalog: { state: 'failed', error: event.error } });
    case 'forecast':
      return leaveConnectWhenReady(
        { ...state, [event.of]: { state: 'ready', forecast: event.forecast } },
        nowMs,
      );
    case 'index-plan':
      return indexPlanned(state, event.demo);
    case 'forecast-failed':
      return leaveConnectWhenReady({ ...state, [event.of]: { state: 'failed', error: event.error } }, nowMs);
    case 'rung':
      return addRung(state, event.rung, nowMs);
    case 'climbed':
      return climbed(state, nowMs);
    case 'climb-failed':
      return climbFailed(state, event.error);
    case 'node':
      return nodeEvent(state, event.event, nowMs);
    case 'node-failed':
      return next(
        state.node.state === 'starting' ? { ...state, node: { state: 'failed', error: event.error } } : state,
      );
    case 'index-state':
      return indexState(state, event.index, event.freeName, nowMs);
    case 'index-failed':
      return indexFailed(state, event.error);
    case 'leftovers':
      return leftoversKnown(state, event.index);
    case 'leftovers-failed':
      return next({ ...state, leftovers: { state: 'failed', error: event.error } });
    case 'run-removed':
      return andThen(
        state.step.name === 'next'
          ? madeRemoved(state, event.documents)
          : unfinishedRemoved(state, event.documents, nowMs),
        (after) => next(event.left === undefined ? after : { ...after, notice: event.left }),
      );
    case 'remove-failed':
      return state.step.name === 'next' ? madeKept(state, event.error) : removeFailed(state, event.error);
    case 'run':
      return runEvent(state, event.event, nowMs);
    case 'run-failed':
      return runFailed(state, event.error, nowMs);
    case 'live':
      return liveEvent(state, event.event);
    case 'live-catalog':
      return catalogOfLive(state, event.entries);
    case 'live-failed':
      return liveFailed(state, event.error);
    case 'tried':
      return next({ ...state, trials: { ...state.trials, [event.url]: event.documentsPerSecond } });
    case 'dashboards-found':
      return dashboardsFound(state, event.url);
    case 'dashboards-absent':
      return dashboardsAbsent(state, event.docker);
    case 'dashboards-started':
      return dashboardsStarted(state, event.url);
    case 'dashboards-not-started':
      return dashboardsNotStarted(state, event.error);
    case 'guide-read':
      return next({ ...state, guide: event.lines });
    case 'node-stopped':
      return nodeStopped(state);
    case 'node-not-stopped':
      return nodeStopped(state, event.error);
    case 'dashboards-installed':
      return dashboardsInstalled(state, event.links);
    case 'dashboards-failed':
      return dashboardsFailed(state, event.error);
    case 'link-opened':
      return next({
        ...state,
        notice: event.ok
          ? 'Opened in your browser'
          : 'No browser could be opened here: copy the link instead',
      });
    case 'disarm-interrupt':
      return next({ ...state, interruptedMs: undefined });
    default:
      return withoutNotice(state.notice, onIntent(state, event, nowMs));
  }
}

function withoutNotice(before: string | undefined, { state, effects }: Transition): Transition {
  const read = before !== undefined && state.notice === before;
  return { state: read ? { ...state, notice: undefined } : state, effects };
}

/**
 * The next state after an event. A notice stays until the person does something; after the end nothing changes.
 * @param nowMs the clock, ms since the epoch.
 */
export function reduce(state: WizardState, event: WizardEvent, nowMs: number): Transition {
  return state.ended ? next(state) : onEvent(state, event, nowMs);
}
