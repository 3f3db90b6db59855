// The first steps as they are entered. A file of its own because Start, Connect and the ladder need it and must not import each other.
import type { Step, WizardState } from './state.ts';

type ConnectStep = Extract<Step, { name: 'connect' }>;

/** The choice of what happens to an unfinished run. */
export const START: Step = { name: 'start', view: 'choices' };

/** The connection form, as it is when one comes to it. */
export function connectStep(changes: Partial<ConnectStep> = {}): ConnectStep {
  return {
    name: 'connect',
    view: 'form',
    field: 'address',
    edited: true,
    advanceWhenReady: false,
    ...changes,
  };
}

/** The same state with something changed about the first step; elsewhere nothing changes. */
export function onConnect(state: WizardState, changes: Partial<ConnectStep>): WizardState {
  return state.step.name === 'connect' ? { ...state, step: { ...state.step, ...changes } } : state;
}
