// The way out of Connect. A file of its own because the ladder, Connect and the reducer all take it, and the ladder must not import Connect.

import { wizardConnection } from './answers.ts';
import type { Effect } from './events.ts';
import { startRun } from './load.ts';
import { onConnect, speedHere, type WizardState } from './state.ts';
import { SCENARIO } from './steps.ts';
import { next, type Transition } from './transition.ts';

/** Finds out how fast the cluster is while the presets are read, unless that is known. */
function trialEffects(state: WizardState): readonly Effect[] {
  return speedHere(state) ? [] : [{ type: 'try-speed', connection: wizardConnection(state.answers) }];
}

/** To Scenario; or, when an unfinished run goes on, to its load as soon as its data is planned again. */
export function leaveConnect(state: WizardState, nowMs: number): Transition {
  if (!state.resuming) return next({ ...state, step: SCENARIO }, ...trialEffects(state));
  const planned = state.catalog.state === 'ready' && state.forecast.state !== 'none';
  return planned ? startRun(state, nowMs) : next(onConnect(state, { advanceWhenReady: true }));
}

/** Continues by itself after an Enter that came before the plan was ready. */
export function leaveConnectWhenReady(state: WizardState, nowMs: number): Transition {
  const waiting =
    state.step.name === 'connect' && state.step.advanceWhenReady && state.resuming !== undefined;
  return waiting && state.connection.state === 'up' ? leaveConnect(state, nowMs) : next(state);
}
