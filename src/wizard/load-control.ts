// While a load runs: pause, number of senders, and the question about a cluster that says nothing.
import type { LoadLimits } from '../core/load/control.ts';
import { MAX_SENDERS } from '../core/load/throughput-search.ts';
import { PATIENCE_MS, QUIET_MS } from './run-view.ts';
import type { WizardState } from './state.ts';
import { next, type Transition } from './transition.ts';

/** Ends the question about a cluster that says nothing. */
export function clusterAnswered(state: WizardState): WizardState {
  const { step } = state;
  const questioned = step.name === 'load' && step.view === 'silent';
  return questioned ? { ...state, step: { name: 'load', view: 'progress' } } : state;
}

/** Asks about a cluster that says nothing any more, until it answers. */
export function watchSilence(state: WizardState): WizardState {
  const { step, run } = state;
  if (step.name !== 'load' || run?.status !== 'running') return state;
  const silentMs = run.progress?.silentMs ?? 0;
  if (step.view === 'progress' && silentMs >= run.patienceMs) {
    return { ...state, step: { name: 'load', view: 'silent' } };
  }
  return silentMs < QUIET_MS ? clusterAnswered(state) : state;
}

/** Keeps waiting for a silent cluster. */
export function keepWaiting(state: WizardState): WizardState {
  const { step, run } = state;
  if (step.name !== 'load' || step.view !== 'silent' || !run) return state;
  const patienceMs = (run.progress?.silentMs ?? 0) + PATIENCE_MS;
  return { ...state, run: { ...run, patienceMs }, step: { name: 'load', view: 'progress' } };
}

function setLimits(state: WizardState, limits: LoadLimits, notice?: string): Transition {
  const { run } = state;
  if (!run || state.step.name !== 'load') return next(state);
  return next({ ...state, run: { ...run, limits }, notice }, { type: 'set-limits', limits });
}

/** Pauses the load, or resumes it. */
export function pauseRun(state: WizardState): Transition {
  const { run } = state;
  if (run?.status !== 'running' || run.loaded) return next(state);
  const paused = !run.limits.paused;
  return setLimits(state, { ...run.limits, paused });
}

/** One worker more or less at most; the load finds the best number below that by itself. */
export function limitSenders(state: WizardState, by: 1 | -1): Transition {
  const { run } = state;
  if (run?.status !== 'running' || run.loaded) return next(state);
  const { maxSenders } = run.limits;
  const now = run.limits.paused ? 0 : (run.progress?.senders ?? 0);
  const busy = now > 0 ? now : maxSenders;
  const wanted = by > 0 ? maxSenders + 1 : Math.min(maxSenders, busy) - 1;
  const most = Math.max(1, Math.min(MAX_SENDERS, wanted));
  const limit = `At most ${most} ${most === 1 ? 'worker' : 'workers'}`;
  const found = most === MAX_SENDERS ? '; the load picks the best number' : '';
  return setLimits(state, { ...run.limits, maxSenders: most }, `${limit}${found}`);
}
