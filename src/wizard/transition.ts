// What a step of the reducer returns. A file of its own, so that the steps need not import each other for it.
import type { Effect } from './events.ts';
import type { WizardState } from './state.ts';

export interface Transition {
  readonly state: WizardState;
  readonly effects: readonly Effect[];
}

/** The next state, and what is to be done. */
export function next(state: WizardState, ...effects: readonly Effect[]): Transition {
  return { state, effects };
}

/** A second transition after a first one; the effects of both are wanted. */
export function andThen(first: Transition, then: (state: WizardState) => Transition): Transition {
  const second = then(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}
