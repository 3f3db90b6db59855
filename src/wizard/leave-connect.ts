// The way out of Connect.

import type { Effect } from './events.ts';
import { startRun } from './load.ts';
import { connectionOf, SCENARIO, speedHere, type WizardState } from './state.ts';
import { onConnect } from './steps.ts';
import { type Transition, to } from './transition.ts';

/** Finds out how fast the cluster is while the presets are read, unless that is known. */
function trialEffects(state: WizardState): readonly Effect[] {
  return speedHere(state) ? [] : [{ type: 'try-speed', connection: connectionOf(state.answers) }];
}

/** To Scenario; or, when an unfinished run goes on, to its load as soon as its data is planned again. */
export function leaveConnect(state: WizardState, nowMs: number): Transition {
  if (!state.resuming) return to({ ...state, step: SCENARIO }, ...trialEffects(state));
  const planned = state.catalog.state === 'ready' && state.forecast.state !== 'none';
  return planned ? startRun(state, nowMs) : to(onConnect(state, { advanceWhenReady: true }));
}

/** Goes on by itself where that was asked for and only the plan was missing. */
export function leaveConnectWhenReady(state: WizardState, nowMs: number): Transition {
  const waiting =
    state.step.name === 'connect' && state.step.advanceWhenReady && state.resuming !== undefined;
  return waiting && state.connection.state === 'up' ? leaveConnect(state, nowMs) : to(state);
}
