// What a step of the reducer gives back.
import type { Effect } from './events.ts';
import type { Wizard } from './state.ts';

export interface Transition {
  readonly state: Wizard;
  readonly effects: readonly Effect[];
}

/** The next state, and what is to be done. */
export function to(state: Wizard, ...effects: readonly Effect[]): Transition {
  return { state, effects };
}

/** A second transition after a first one; the effects of both are wanted. */
export function chain(first: Transition, next: (state: Wizard) => Transition): Transition {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}
