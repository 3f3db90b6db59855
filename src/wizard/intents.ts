// What a person does, handed to the part of the wizard that it concerns.
import { checkAgain, openFailed } from './check.ts';
import { chooseRecovery } from './choose-recovery.ts';
import {
  askDashboards,
  dashboardsAddress,
  installDashboards,
  openLink,
  startDashboards,
  wantDashboards,
} from './dashboards.ts';
import { restoreDefaults } from './defaults.ts';
import type { Intent } from './events.ts';
import { chooseGap, chooseLive, endIncident, goLive, startIncident } from './live.ts';
import { stopRun } from './load.ts';
import { limitSenders, pauseRun } from './load-control.ts';
import { back, forward, go, interrupt, terminate } from './navigation.ts';
import { askRemove, askStopNode, readGuide, removeMade, stopNode } from './next.ts';
import { chooseIndex, confirmReplace, markIncidents, nameIndex, reviewView } from './review.ts';
import { chooseDemoDay, choosePreset, readPresetFile, typePresetPath } from './scenario.ts';
import { chooseStart, removeUnfinished } from './start.ts';
import type { WizardState } from './state.ts';
import type { Transition } from './transition.ts';
import { setParameter, undoParameter } from './tune.ts';
import { typeConnection } from './type-connection.ts';

/** The next state after what a person did. */
export function onIntent(state: WizardState, event: Intent, nowMs: number): Transition {
  switch (event.type) {
    case 'start-choice':
      return chooseStart(state, event.choice, nowMs);
    case 'ask-remove':
      return askRemove(state);
    case 'remove-run':
      return state.step.name === 'next' ? removeMade(state) : removeUnfinished(state);
    case 'recover':
      return chooseRecovery(state, event.action, nowMs);
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
    default:
      // What is left is typed in the connection form; the compiler says when it is not.
      return typeConnection(state, event, nowMs);
  }
}
