// The wizard as one pure function: a state and an event give the next state and what is to be done.

import type { RecoveryId } from '../errors/entry.ts';
import { checkAgain, openFailed } from './check.ts';
import { nodeEvent, recoverConnection } from './connect.ts';
import {
  askDashboards,
  dashboardsAbsent,
  dashboardsAddress,
  dashboardsFailed,
  dashboardsFound,
  dashboardsInstalled,
  dashboardsNotStarted,
  dashboardsStarted,
  installDashboards,
  openLink,
  startDashboards,
  wantDashboards,
} from './dashboards.ts';
import { restoreDefaults } from './defaults.ts';
import { indexPlanned } from './demo.ts';
import type { Intent, WizardEvent } from './events.ts';
import { catalogReady } from './forecast.ts';
import { addRung, climbed, climbFailed } from './ladder.ts';
import { leaveConnectWhenReady } from './leave-connect.ts';
import {
  catalogOfLive,
  chooseGap,
  chooseLive,
  endIncident,
  goLive,
  liveEvent,
  liveFailed,
  startIncident,
} from './live.ts';
import { resumeRun, runEvent, runFailed, stopRun } from './load.ts';
import { keepWaiting, limitSenders, pauseRun } from './load-control.ts';
import { back, forward, go, interrupt, terminate } from './navigation.ts';
import {
  askRemove,
  askStopNode,
  madeKept,
  madeRemoved,
  nodeStopped,
  readGuide,
  removeMade,
  stopNode,
} from './next.ts';
import {
  chooseIndex,
  confirmReplace,
  enterReview,
  indexFailed,
  indexState,
  lookAtIndex,
  markIncidents,
  nameIndex,
  reviewView,
} from './review.ts';
import {
  chooseDemoDay,
  choosePreset,
  presetRead,
  presetUnread,
  readPresetFile,
  typePresetPath,
} from './scenario.ts';
import { chooseStart, leftoversKnown, removeFailed, removeUnfinished, unfinishedRemoved } from './start.ts';
import type { WizardState } from './state.ts';
import { connectStep } from './steps.ts';
import { andThen, next, type Transition } from './transition.ts';
import { setParameter, undoParameter } from './tune.ts';
import { typeConnection } from './type-connection.ts';

function recover(state: WizardState, action: RecoveryId, nowMs: number): Transition {
  switch (state.step.name) {
    case 'start':
      if (action === 'again') return removeUnfinished(state);
      return action === 'forget' ? chooseStart(state, 'forget', nowMs) : next(state);
    case 'connect':
      return recoverConnection(state, action, nowMs);
    case 'review':
      if (action === 'look-again') return lookAtIndex(state, nowMs);
      return action === 'edit-address'
        ? recoverConnection(go(state, 'connect').state, action, nowMs)
        : next(state);
    case 'load':
      if (action === 'resume') return resumeRun(state, nowMs);
      if (action === 'keep-waiting') return next(keepWaiting(state));
      if (action === 'fewer-senders') return limitSenders(keepWaiting(state), -1);
      if (action === 'stop') return stopRun(state);
      if (action === 'tune' || action === 'edit-address') return leaveEnded(state, action, nowMs);
      return action === 'review' || action === 'look-again' ? backFromEnded(state, nowMs) : next(state);
    case 'check':
      if (action === 'again') return checkAgain(state, nowMs);
      return action === 'review' ? backFromEnded(state, nowMs) : next(state);
    case 'next':
      return action === 'again' ? removeMade(state) : next(state);
    default:
      return next(state);
  }
}

/** From a run that could not begin to what stands in its way: the amount of data, or the cluster. */
function leaveEnded(state: WizardState, action: 'tune' | 'edit-address', nowMs: number): Transition {
  if (state.run?.status !== 'ended') return next(state);
  if (action === 'tune') return next({ ...state, step: { name: 'tune' } });
  return recoverConnection({ ...state, step: connectStep() }, action, nowMs);
}

function backFromEnded(state: WizardState, nowMs: number): Transition {
  return state.run?.status === 'ended' ? enterReview(state, nowMs) : next(state);
}

/** What a person does. */
function onIntent(state: WizardState, event: Intent, nowMs: number): Transition {
  switch (event.type) {
    case 'address':
    case 'username':
    case 'password':
    case 'token':
    case 'client-cert':
    case 'client-key':
    case 'key-passphrase':
    case 'sign-in-kind':
    case 'ca-file':
    case 'insecure':
    case 'field':
      return typeConnection(state, event, nowMs);
    case 'start-choice':
      return chooseStart(state, event.choice, nowMs);
    case 'ask-remove':
      return askRemove(state);
    case 'remove-run':
      return state.step.name === 'next' ? removeMade(state) : removeUnfinished(state);
    case 'recover':
      return recover(state, event.action, nowMs);
    case 'preset':
      return choosePreset(state, event.id, event.on);
    case 'preset-path':
      return typePresetPath(state);
    case 'preset-file':
      return readPresetFile(state, event.path);
    case 'demo-day':
      return chooseDemoDay(state, event.day);
    case 'parameter':
      return setParameter(state, event.key, event.value, event.merge);
    case 'undo':
      return undoParameter(state);
    case 'index-choice':
      return chooseIndex(state, event.choice, nowMs);
    case 'index-name':
      return nameIndex(state, event.name, nowMs);
    case 'defaults':
      return restoreDefaults(state, nowMs);
    case 'mark-incidents':
      return markIncidents(state, event.on);
    case 'replace-name':
      return confirmReplace(state, event.name);
    case 'review-view':
      return reviewView(state, event.view);
    case 'forward':
      return forward(state, nowMs);
    case 'back':
      return back(state, nowMs);
    case 'go':
      return go(state, event.to);
    case 'check-panel':
      return openFailed(state, event.id);
    case 'check-again':
      return checkAgain(state, nowMs);
    case 'install-dashboards':
      return installDashboards(state);
    case 'ask-dashboards':
      return askDashboards(state);
    case 'dashboards-address':
      return dashboardsAddress(state, event.text);
    case 'start-dashboards':
      return startDashboards(state, nowMs);
    case 'want-dashboards':
      return wantDashboards(state, event.on);
    case 'read-guide':
      return readGuide(state);
    case 'go-live':
      return goLive(state);
    case 'live-incident':
      return startIncident(state, event.what);
    case 'live-recover':
      return endIncident(state);
    case 'live-choice':
      return chooseLive(state, event.change);
    case 'live-gap':
      return chooseGap(state, event.gap);
    case 'ask-stop-node':
      return askStopNode(state);
    case 'stop-node':
      return stopNode(state);
    case 'open-link':
      return openLink(state, event.url);
    case 'stop':
      return stopRun(state);
    case 'pause':
      return pauseRun(state);
    case 'senders':
      return limitSenders(state, event.by);
    case 'interrupt':
      return interrupt(state, nowMs);
    case 'terminate':
      return terminate(state, event.exit);
  }
}

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
