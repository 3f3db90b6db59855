// After the run: its guide is read, the local node stopped, and what it made removed, the last two after a second word.
import type { AppError } from '../errors/app-error.ts';
import { wizardConnection } from './answers.ts';
import { enterReview } from './review.ts';
import type { WizardState } from './state.ts';
import type { Step } from './steps.ts';
import { next, type Transition } from './transition.ts';

type NextStep = Extract<Step, { name: 'next' }>;

const view = (state: WizardState, changes: Omit<NextStep, 'name'>): WizardState => ({
  ...state,
  step: { name: 'next', ...changes },
});

/** True when the index is this run's own: it made the index, and the index is still there. */
export function removable({ run, nodeStopped }: WizardState): boolean {
  if (!run || run.removed !== undefined || run.status !== 'ended' || nodeStopped) return false;
  // Checked alone, the index tells which run made it.
  if (run.kind === 'check') return run.id !== '' && run.done !== undefined;
  return run.index !== undefined && run.index.action !== 'appended';
}

/** Asks before the index is deleted. */
export function askRemove(state: WizardState): Transition {
  return state.step.name === 'next' && removable(state) ? next(view(state, { view: 'remove' })) : next(state);
}

/** Deletes what this run made, after it was confirmed. */
export function removeMade(state: WizardState): Transition {
  const { step, run, answers } = state;
  const confirmed = step.name === 'next' && (step.view === 'remove' || step.view === 'problem');
  const index = run?.index?.name ?? run?.done?.index;
  if (!confirmed || !removable(state) || !run || !index) return next(state);
  return next(view(state, { view: 'removing' }), {
    type: 'remove-run',
    run: { id: run.id, settings: { index } },
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

/** Asks before the local node is stopped. */
export function askStopNode(state: WizardState): Transition {
  const { step, answers, nodeStopped } = state;
  const may = step.name === 'next' && step.view === 'advice' && answers.settings.local && !nodeStopped;
  return next(may ? view(state, { view: 'stop' }) : state);
}

/** Stops it, after it was confirmed; its data are kept. */
export function stopNode(state: WizardState): Transition {
  if (state.step.name !== 'next' || state.step.view !== 'stop') return next(state);
  return next(view(state, { view: 'stopping' }), { type: 'stop-node' });
}

/** It is stopped, or could not be. */
export function nodeStopped(state: WizardState, error?: AppError): Transition {
  const after: WizardState = {
    ...state,
    nodeStopped: error === undefined,
    notice: error?.message ?? 'The local OpenSearch is stopped; its data is kept',
  };
  return next(after.step.name === 'next' ? view(after, { view: 'advice' }) : after);
}

/** Reads the guide of the run. */
export function readGuide(state: WizardState): Transition {
  const path = state.run?.done?.guide;
  if (state.step.name !== 'next' || path === undefined) return next(state);
  return next({ ...state, guide: undefined }, { type: 'read-guide', path });
}

/** Escape on the last screen: out of a question, else back to the checks, or to Review once the index is gone. */
export function backInNext(state: WizardState, nowMs: number): Transition {
  const { step, run } = state;
  if (step.name !== 'next' || step.view === 'removing' || step.view === 'stopping') return next(state);
  if (step.view !== 'advice') return next(view(state, { view: 'advice' }));
  if (run?.removed === undefined) return next({ ...state, step: { name: 'check' } });
  return enterReview({ ...state, run: undefined }, nowMs);
}
