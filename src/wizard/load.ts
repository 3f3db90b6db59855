// Load and Check: a run begins, is listened to, and ends.
import type { RunDone, RunEvent } from '../core/events.ts';
import { runId } from '../core/history/runs.ts';
import type { AppError } from '../errors/app-error.ts';
import { EXIT } from '../errors/exit.ts';
import { runSettings, wizardConnection } from './answers.ts';
import { lookForDashboards } from './dashboards.ts';
import { clusterAnswered, watchSilence } from './load-control.ts';
import type { RunView } from './run-view.ts';
import { newRunView, runProgress } from './run-view.ts';
import { chosenEntries, type WizardState } from './state.ts';
import { andThen, next, type Transition } from './transition.ts';

/** Starts the run with the current answers; a resumed run keeps its id. */
export function startRun(state: WizardState, nowMs: number, resumedId = state.resuming?.run.id): Transition {
  const { answers, forecast } = state;
  const id = resumedId ?? runId(nowMs, state.random);
  const presets = chosenEntries(state).map(({ preset }) => preset);
  const request = {
    id,
    settings: runSettings(answers),
    presets,
    nowMs: state.nowMs,
    connection: wizardConnection(answers),
    replaceConfirmed: answers.replace === answers.settings.index,
  };
  const planned = forecast.state === 'ready' ? { planned: forecast.forecast.documents } : {};
  const run: RunView = { ...newRunView('run', id, nowMs), ...planned };
  return next(
    {
      ...state,
      run,
      dashboards: { state: 'unknown' },
      resuming: undefined,
      notice: undefined,
      step: { name: 'load', view: 'progress' },
    },
    { type: 'cancel', effects: ['try-speed', 'find-dashboards', 'start-dashboards', 'install-dashboards'] },
    { type: 'run', request },
    // What an unfinished run was given, perhaps by flags, is not what a person wants from now on.
    ...(state.resuming
      ? []
      : [{ type: 'remember', settings: answers.settings, speeds: state.speeds } as const]),
  );
}

/** The speed of a load that wrote everything itself and was long enough to be measured. */
function speedOf(event: RunEvent, { progress }: RunView): number | undefined {
  if (event.type !== 'loaded' || event.seconds < 0.5 || event.acknowledged < 1000) return undefined;
  return progress && progress.alreadyThere > 0 ? undefined : Math.round(event.acknowledged / event.seconds);
}

/** The speeds with that of this load, and the wish to remember it. */
function measured(state: WizardState, event: RunEvent): Transition {
  const speed = state.run ? speedOf(event, state.run) : undefined;
  if (speed === undefined) return next(state);
  const speeds = { ...state.speeds, [state.answers.settings.url]: speed };
  return next({ ...state, speeds }, { type: 'remember', speeds });
}

/** An event of the run. */
export function runEvent(state: WizardState, event: RunEvent, nowMs: number): Transition {
  if (!state.run || state.run.status === 'ended') return next(state);
  const advanced = { ...state, run: runProgress(state.run, event, nowMs) };
  return andThen(
    measured(event.type === 'progress' ? advanced : clusterAnswered(advanced), event),
    (after) => {
      if (event.type === 'checking' && after.step.name === 'load' && after.step.view === 'progress') {
        return next({ ...after, step: { name: 'check' } });
      }
      if (event.type === 'progress') return next(watchSilence(after));
      if (event.type !== 'done') return next(after);
      return andThen(ended(after, event.error), (now) => (now.ended ? next(now) : lookForDashboards(now)));
    },
  );
}

/** After the last event: exit when that was requested, else stay where the outcome is shown. */
function ended(state: WizardState, error: RunDone['error']): Transition {
  const { code } = error ?? {};
  if (state.leaving !== undefined)
    return next({ ...state, ended: true }, { type: 'quit', exit: state.leaving });
  if (state.step.name !== 'load' && state.step.name !== 'check') return next(state);
  // Data that is loaded and checked is presented, whatever is the matter with Dashboards.
  if (code?.startsWith('dashboards-') && state.step.name === 'check' && error)
    return next({ ...state, notice: error.message });
  if (code && code !== 'checks-failed' && state.run?.kind === 'run') {
    return next({ ...state, step: { name: 'load', view: 'problem' } });
  }
  if (state.step.name === 'load' && state.step.view === 'leave') {
    return next({ ...state, step: { name: 'check' } });
  }
  return next(state);
}

/** A run never throws; if it does anyway, its last event is made here. */
export function runFailed(state: WizardState, error: AppError, nowMs: number): Transition {
  const { settings } = state.answers;
  const { progress } = state.run ?? {};
  const done: RunEvent = {
    type: 'done',
    ok: false,
    exit: error.exit,
    url: settings.url,
    index: settings.index,
    documents: {
      planned: state.run?.planned ?? 0,
      acknowledged: progress?.acknowledged ?? 0,
      found: 0,
      refused: progress?.refused ?? 0,
    },
    checks: [],
    seconds: { plan: 0, load: 0, validate: 0, total: 0 },
    seed: settings.seed ?? 0,
    command: '',
    error: { code: error.code, message: error.message, actions: error.explain().actions },
  };
  return runEvent(state, done, nowMs);
}

/** Asks the run to stop: requests on their way are still answered and counted. */
export function stopRun(state: WizardState): Transition {
  const { run, step } = state;
  if (run?.status !== 'running') return next(state);
  const after: WizardState = { ...state, run: { ...run, status: 'stopping' } };
  return next(step.name === 'load' ? { ...after, step: { name: 'load', view: 'progress' } } : after, {
    type: 'stop-run',
  });
}

/** Resumes a run that ended early: document ids repeat, so only what is missing is added. */
export function resumeRun(state: WizardState, nowMs: number): Transition {
  const { run, answers } = state;
  if (run?.status !== 'ended') return next(state);
  const settings = run.index
    ? { ...answers.settings, index: run.index.name, onConflict: 'append' as const }
    : answers.settings;
  return startRun({ ...state, answers: { ...answers, settings } }, nowMs, run.id || undefined);
}

/** The exit code of leaving now. */
export function exitNow({ run }: WizardState): number {
  return run?.done?.exit ?? EXIT.interrupted;
}
