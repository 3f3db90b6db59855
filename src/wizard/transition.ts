// What a step of the reducer gives back.
import type { Effect } from './events.ts';
import type { WizardState } from './state.ts';

export interface Transition {
  readonly state: WizardState;
  readonly effects: readonly Effect[];
}

/** The next state, and what is to be done. */
export function to(state: WizardState, ...effects: readonly Effect[]): Transition {
  return { state, effects };
}

/** A second transition after a first one; the effects of both are wanted. */
export function andThen(first: Transition, next: (state: WizardState) => Transition): Transition {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}
