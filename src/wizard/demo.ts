// What is in the index that the run ends with: after "Only run the checks" that is another plan than the answers give.
import type { Demo } from './services.ts';
import { chosenEntries, plannedOf, type WizardState } from './state.ts';
import { next, type Transition } from './transition.ts';

/** Of the index that was checked, or of the run; undefined as long as it is not known. */
export function demoOf(state: WizardState): Demo | undefined {
  const { run } = state;
  if (run?.kind === 'check') return run.demo;
  const forecast = plannedOf(state);
  return forecast && { forecast, presets: chosenEntries(state).map(({ preset }) => preset) };
}

/** The plan that an index remembers is known; one of an index that is no longer in view is of no use. */
export function indexPlanned(state: WizardState, demo: Demo): Transition {
  const { run } = state;
  return next(run?.kind === 'check' ? { ...state, run: { ...run, demo } } : state);
}
