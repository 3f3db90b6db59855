// Enter, Escape and Ctrl+C: the ways from step to step and out.
import { EXIT } from '../errors/exit.ts';
import { backInConnect, submitConnect } from './connect.ts';
import { isLive, stopLive } from './live.ts';
import { exitNow, stopRun } from './load.ts';
import { keepWaiting } from './load-control.ts';
import { backInNext } from './next.ts';
import { backInReview, enterReview, leaveReview } from './review.ts';
import { backInStart, chooseStart } from './start.ts';
import type { WizardState } from './state.ts';
import { connectStep, NEXT, SCENARIO, type Step, type StepName } from './steps.ts';
import { next, type Transition } from './transition.ts';

/** How long a first Ctrl+C is remembered. */
const INTERRUPT_MS = 3000;

const at = (state: WizardState, step: Step): Transition => next({ ...state, step });

/** The main action of the step. */
export function forward(state: WizardState, nowMs: number): Transition {
  const { step, run } = state;
  switch (step.name) {
    case 'start':
      return chooseStart(state, 'resume', nowMs);
    case 'connect':
      return submitConnect(state, nowMs);
    case 'scenario':
      if (step.view === 'file') return next(state);
      return state.catalog.state === 'ready' ? at(state, { name: 'tune' }) : next(state);
    case 'tune':
      return state.forecast.state === 'ready' ? enterReview(state, nowMs) : next(state);
    case 'review':
      return leaveReview(state, nowMs);
    case 'load':
      if (step.view === 'leave') return at(state, { name: 'load', view: 'progress' });
      return step.view === 'progress' && run?.loaded ? at(state, { name: 'check' }) : next(state);
    case 'check':
      if (step.failed !== undefined) return next(state);
      return run?.status === 'ended' && run.done ? at(state, NEXT) : next(state);
    case 'next':
      if (step.view !== 'advice') return next(state);
      return next({ ...state, ended: true }, { type: 'quit', exit: exitNow(state) });
    case 'live':
      return stopLive(state, run?.done?.exit ?? EXIT.ok);
  }
}

/** One step back. No answer is lost. */
export function back(state: WizardState, nowMs: number): Transition {
  const { step, run } = state;
  switch (step.name) {
    case 'start':
      return backInStart(state);
    case 'connect':
      return backInConnect(state);
    case 'scenario':
      return at(state, step.view === 'file' ? SCENARIO : connectStep());
    case 'tune':
      return at(state, SCENARIO);
    case 'review':
      return backInReview(state) ?? at(state, { name: 'tune' });
    case 'load':
      if (step.view === 'leave') return at(state, { name: 'load', view: 'progress' });
      if (step.view === 'silent') return next(keepWaiting(state));
      if (run?.status === 'ended') return enterReview(state, nowMs);
      return run?.status === 'running' ? at(state, { name: 'load', view: 'leave' }) : next(state);
    case 'check':
      if (step.failed !== undefined) return at(state, { name: 'check' });
      if (run?.status === 'checking') return endCheck(state, nowMs);
      return run?.kind === 'run' ? at(state, { name: 'load', view: 'progress' }) : enterReview(state, nowMs);
    case 'next':
      return backInNext(state, nowMs);
    case 'live':
      return stopLive(state);
  }
}

/** Checks change nothing, so they are simply ended. */
function endCheck(state: WizardState, nowMs: number): Transition {
  const { run } = state;
  const after: Transition =
    run?.kind === 'run'
      ? at({ ...state, run: { ...run, status: 'ended' } }, { name: 'load', view: 'progress' })
      : enterReview({ ...state, run: undefined }, nowMs);
  return next(after.state, { type: 'cancel', effects: ['validate-index'] }, ...after.effects);
}

/** From Review back to a part of it. */
export function go(state: WizardState, target: StepName): Transition {
  if (state.step.name !== 'review') return next(state);
  if (target === 'connect') return at(state, connectStep());
  if (target === 'scenario') return at(state, SCENARIO);
  return target === 'tune' ? at(state, { name: target }) : next(state);
}

/** Ctrl+C: the first stops safely or asks, the second within three seconds leaves at once. */
export function interrupt(state: WizardState, nowMs: number): Transition {
  const again = state.interruptedMs !== undefined && nowMs - state.interruptedMs <= INTERRUPT_MS;
  const running = state.run?.status === 'running';
  if (again || state.leaving !== undefined) {
    return next({ ...state, ended: true }, { type: 'quit', exit: state.leaving ?? exitNow(state) });
  }
  const warned: WizardState = { ...state, interruptedMs: nowMs };
  if (isLive(state)) return stopLive(warned, EXIT.interrupted);
  if (!running) return next(warned, { type: 'disarm-interrupt', delayMs: INTERRUPT_MS });
  const stopped = stopRun(warned);
  return next({ ...stopped.state, leaving: exitNow(state) }, ...stopped.effects);
}

/** Asked to end from outside: the same as Ctrl+C, with another exit code and without a question. */
export function terminate(state: WizardState, exit: number): Transition {
  if (isLive(state)) return stopLive(state, exit);
  if (state.run?.status === 'running' || state.run?.status === 'stopping') {
    const stopped = stopRun(state);
    return next({ ...stopped.state, leaving: exit }, ...stopped.effects);
  }
  return next({ ...state, ended: true }, { type: 'quit', exit });
}
