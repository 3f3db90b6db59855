// The way out of an error that a person chose: what it does in each step.
import type { RecoveryId } from '../errors/entry.ts';
import { checkAgain } from './check.ts';
import { recoverConnection } from './connect.ts';
import { resumeRun, stopRun } from './load.ts';
import { keepWaiting, limitSenders } from './load-control.ts';
import { go } from './navigation.ts';
import { removeMade } from './next.ts';
import { enterReview, lookAtIndex } from './review.ts';
import { chooseStart, removeUnfinished } from './start.ts';
import type { WizardState } from './state.ts';
import { connectStep } from './steps.ts';
import { next, type Transition } from './transition.ts';

/** Takes one of the ways out of an error that the step in view offers. */
export function chooseRecovery(state: WizardState, action: RecoveryId, nowMs: number): Transition {
  switch (state.step.name) {
    case 'start':
      if (action === 'again') return removeUnfinished(state);
      return action === 'forget' ? chooseStart(state, 'forget', nowMs) : next(state);
    case 'connect':
      return recoverConnection(state, action, nowMs);
    case 'review':
      if (action === 'look-again') return lookAtIndex(state, nowMs);
      return action === 'edit-address'
        ? recoverConnection(go(state, 'connect').state, action, nowMs)
        : next(state);
    case 'load':
      if (action === 'resume') return resumeRun(state, nowMs);
      if (action === 'keep-waiting') return next(keepWaiting(state));
      if (action === 'fewer-senders') return limitSenders(keepWaiting(state), -1);
      if (action === 'stop') return stopRun(state);
      if (action === 'tune' || action === 'edit-address') return leaveEnded(state, action, nowMs);
      return action === 'review' || action === 'look-again' ? backFromEnded(state, nowMs) : next(state);
    case 'check':
      if (action === 'again') return checkAgain(state, nowMs);
      return action === 'review' ? backFromEnded(state, nowMs) : next(state);
    case 'next':
      return action === 'again' ? removeMade(state) : next(state);
    default:
      return next(state);
  }
}

/** From a run that could not begin to what stands in its way: the amount of data, or the cluster. */
function leaveEnded(state: WizardState, action: 'tune' | 'edit-address', nowMs: number): Transition {
  if (state.run?.status !== 'ended') return next(state);
  if (action === 'tune') return next({ ...state, step: { name: 'tune' } });
  return recoverConnection({ ...state, step: connectStep() }, action, nowMs);
}

function backFromEnded(state: WizardState, nowMs: number): Transition {
  return state.run?.status === 'ended' ? enterReview(state, nowMs) : next(state);
}
