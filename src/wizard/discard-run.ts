// A changed answer makes an earlier result worthless; what does not depend on it stays.
// A file of its own because Connect, Tune and Review all need it and must not import each other.
import type { WizardState } from './state.ts';

/** Forgets the run and what it was allowed to do to the index, and says so; without a run nothing changes. */
export function discardRun(state: WizardState, reason: string): WizardState {
  if (!state.run) return state;
  const { answers } = state;
  const settings = { ...answers.settings, onConflict: 'fail' as const };
  return {
    ...state,
    answers: { ...answers, settings, replace: undefined },
    run: undefined,
    notice: `${reason}: load the data again`,
  };
}
