// After the run: what it made can be removed again, after a second word.
import type { AppError } from '../errors/app-error.ts';
import { enterReview } from './review.ts';
import { type Step, type WizardState, wizardConnection } from './state.ts';
import { next, type Transition } from './transition.ts';

type NextStep = Extract<Step, { name: 'next' }>;

/** What to do with the demo, as one comes to it. */
export const NEXT: Step = { name: 'next', view: 'advice' };

const view = (state: WizardState, changes: Omit<NextStep, 'name'>): WizardState => ({
  ...state,
  step: { name: 'next', ...changes },
});

/** True when the index is this run's own: it made the index, and the index is still there. */
export function removable({ run }: WizardState): boolean {
  if (run?.kind !== 'run' || run.removed !== undefined || run.status !== 'ended') return false;
  return run.index !== undefined && run.index.action !== 'appended';
}

/** Asks before the index is deleted. */
export function askRemove(state: WizardState): Transition {
  return state.step.name === 'next' && removable(state) ? next(view(state, { view: 'remove' })) : next(state);
}

/** Deletes what this run made, after it was confirmed. */
export function removeMade(state: WizardState): Transition {
  const { step, run, answers } = state;
  const asked = step.name === 'next' && (step.view === 'remove' || step.view === 'problem');
  if (!asked || !removable(state) || !run?.index) return next(state);
  return next(view(state, { view: 'removing' }), {
    type: 'remove-run',
    run: { id: run.id, settings: { index: run.index.name } },
    connection: wizardConnection(answers),
  });
}

/** It is deleted: the run is over, and loading again begins at Review. */
export function madeRemoved(state: WizardState, documents: number): Transition {
  const { run, answers } = state;
  if (state.step.name !== 'next' || !run) return next(state);
  // What may happen to an index was decided about the one that is gone.
  const settings = { ...answers.settings, onConflict: 'fail' as const };
  const gone: WizardState = {
    ...state,
    answers: { ...answers, settings, replace: undefined },
    run: { ...run, removed: documents },
  };
  return next(view(gone, { view: 'advice' }));
}

/** It could not be deleted. */
export function madeKept(state: WizardState, error: AppError): Transition {
  return next(view(state, { view: 'problem', error }));
}

/** Escape on the last screen: out of a question, else back to the checks, or to Review once the index is gone. */
export function backInNext(state: WizardState, nowMs: number): Transition {
  const { step, run } = state;
  if (step.name !== 'next' || step.view === 'removing') return next(state);
  if (step.view !== 'advice') return next(view(state, { view: 'advice' }));
  if (run?.removed === undefined) return next({ ...state, step: { name: 'check' } });
  return enterReview({ ...state, run: undefined }, nowMs);
}
