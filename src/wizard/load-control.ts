// While a load runs: pause, number of senders, and the question about a cluster that says nothing.
import type { LoadLimits } from '../core/load/control.ts';
import { MAX_SENDERS } from '../core/load/pace.ts';
import type { Wizard } from './state.ts';
import { type Transition, to } from './transition.ts';

/** A silent cluster is asked about after this time, and again after as much more. */
export const PATIENCE_MS = 30_000;
/** An answer within this time ends the question. */
export const QUIET_MS = 5000;

/** Ends the question about a cluster that says nothing. */
export function heard(state: Wizard): Wizard {
  const { step } = state;
  const asked = step.name === 'load' && step.view === 'silent';
  return asked ? { ...state, step: { name: 'load', view: 'progress' } } : state;
}

/** Asks about a cluster that says nothing any more, until it answers. */
export function listen(state: Wizard): Wizard {
  const { step, work } = state;
  if (step.name !== 'load' || work?.status !== 'running') return state;
  const silentMs = work.progress?.silentMs ?? 0;
  if (step.view === 'progress' && silentMs >= work.patienceMs) {
    return { ...state, step: { name: 'load', view: 'silent' } };
  }
  return silentMs < QUIET_MS ? heard(state) : state;
}

/** Goes on waiting for a silent cluster. */
export function keepWaiting(state: Wizard): Wizard {
  const { step, work } = state;
  if (step.name !== 'load' || step.view !== 'silent' || !work) return state;
  const patienceMs = (work.progress?.silentMs ?? 0) + PATIENCE_MS;
  return { ...state, work: { ...work, patienceMs }, step: { name: 'load', view: 'progress' } };
}

function steer(state: Wizard, steering: LoadLimits, notice?: string): Transition {
  const { work } = state;
  if (!work || state.step.name !== 'load') return to(state);
  return to({ ...state, work: { ...work, steering }, notice }, { type: 'steer', steering });
}

/** Pauses the load, or goes on with it. */
export function pauseRun(state: Wizard): Transition {
  const { work } = state;
  if (work?.status !== 'running' || work.loaded) return to(state);
  const paused = !work.steering.paused;
  return steer(state, { ...work.steering, paused });
}

/** One sender more or less at most; the load finds the best number below that by itself. */
export function limitSenders(state: Wizard, by: 1 | -1): Transition {
  const { work } = state;
  if (work?.status !== 'running' || work.loaded) return to(state);
  const { maxSenders: maxSenders } = work.steering;
  const now = work.steering.paused ? 0 : (work.progress?.senders ?? 0);
  const busy = now > 0 ? now : maxSenders;
  const wanted = by > 0 ? maxSenders + 1 : Math.min(maxSenders, busy) - 1;
  const most = Math.max(1, Math.min(MAX_SENDERS, wanted));
  const limit = `At most ${most} ${most === 1 ? 'sender' : 'senders'}`;
  const found = most === MAX_SENDERS ? '; the load finds the best number by itself' : '';
  return steer(state, { ...work.steering, maxSenders: most }, `${limit}${found}`);
}
