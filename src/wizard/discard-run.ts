// A changed answer makes an earlier result worthless; what does not depend on it stays.
import type { Wizard } from './state.ts';

/** Forgets the run and what it was allowed to do to the index, and says so; without a run nothing changes. */
export function dropWork(state: Wizard, reason: string): Wizard {
  if (!state.work) return state;
  const { answers } = state;
  const settings = { ...answers.settings, onConflict: 'fail' as const };
  return {
    ...state,
    answers: { ...answers, settings, replace: undefined },
    work: undefined,
    notice: `${reason}: the data has to be loaded again`,
  };
}
