// The step Check: the checks alone, run again, and a failed one opened.

import { wizardConnection } from './answers.ts';
import type { RunView } from './run-view.ts';
import { newRunView } from './run-view.ts';
import type { WizardState } from './state.ts';
import { next, type Transition } from './transition.ts';

/** Begins the checks alone. */
export function startCheck(state: WizardState, nowMs: number): Transition {
  const { answers, indexStatus } = state;
  const request = { settings: answers.settings, connection: wizardConnection(answers) };
  const meta = indexStatus.state === 'taken' ? indexStatus.index.meta : undefined;
  const run = newRunView('check', meta?.run ?? '', nowMs);
  return next(
    { ...state, run, dashboards: { state: 'unknown' }, notice: undefined, step: { name: 'check' } },
    // What is still under way for another index must not end as this one's.
    { type: 'cancel', effects: ['find-dashboards', 'start-dashboards', 'install-dashboards'] },
    ...(meta ? [{ type: 'plan-index', index: answers.settings.index, meta } as const] : []),
    { type: 'validate-index', request },
  );
}

/** Opens the panel of a check that failed, once all have answered: before, nothing could be done about it. */
export function openFailed(state: WizardState, id: string): Transition {
  const { step, run } = state;
  if (step.name !== 'check' || run?.status !== 'ended') return next(state);
  const failed = run.checks.some((check) => check.id === id && !check.ok);
  return failed ? next({ ...state, step: { name: 'check', failed: id } }) : next(state);
}

/** The checks once more, on what is loaded. */
export function checkAgain(state: WizardState, nowMs: number): Transition {
  const { run, step, answers } = state;
  if (step.name !== 'check' || run?.status !== 'ended') return next(state);
  const index = run.done?.index || answers.settings.index;
  const request = { settings: { ...answers.settings, index }, connection: wizardConnection(answers) };
  const again: RunView = { ...run, status: 'checking', startedMs: nowMs, checks: [] };
  return next({ ...state, run: again, step: { name: 'check' } }, { type: 'validate-index', request });
}
