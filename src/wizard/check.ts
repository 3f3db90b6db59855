// The step Check: the checks alone, asked again, and a failed one opened.
import { newWork } from './run-progress.ts';
import { connectionOf, type Wizard, type Work } from './state.ts';
import { type Transition, to } from './transition.ts';

/** Begins the checks alone. */
export function startCheck(state: Wizard, nowMs: number): Transition {
  const { answers } = state;
  const request = { settings: answers.settings, connection: connectionOf(answers) };
  const work = newWork('check', '', nowMs);
  return to({ ...state, work, notice: undefined, step: { name: 'check' } }, { type: 'check', request });
}

/** Opens the panel of a check that failed, once all have answered: before, nothing could be done about it. */
export function openFailed(state: Wizard, id: string): Transition {
  const { step, work } = state;
  if (step.name !== 'check' || work?.status !== 'ended') return to(state);
  const failed = work.checks.some((check) => check.id === id && !check.ok);
  return failed ? to({ ...state, step: { name: 'check', failed: id } }) : to(state);
}

/** The checks once more, on what is loaded. */
export function checkAgain(state: Wizard, nowMs: number): Transition {
  const { work, step, answers } = state;
  if (step.name !== 'check' || work?.status !== 'ended') return to(state);
  const index = work.done?.index || answers.settings.index;
  const request = { settings: { ...answers.settings, index }, connection: connectionOf(answers) };
  const again: Work = { ...work, status: 'checking', startedMs: nowMs, checks: [] };
  return to({ ...state, work: again, step: { name: 'check' } }, { type: 'check', request });
}
