// Load and Check: a run begins, is listened to, and ends.
import type { RunEvent } from '../core/events.ts';
import { runId } from '../core/history/runs.ts';
import type { AppError } from '../errors/app-error.ts';
import { EXIT } from '../errors/app-error.ts';
import { heard, listen } from './load-control.ts';
import { fold, newWork } from './run-progress.ts';
import { chosenEntries, connectionOf, runSettings, type Wizard, type Work } from './state.ts';
import { chain, type Transition, to } from './transition.ts';

/** Begins the run with the answers as they are; a run that is gone on with keeps its id. */
export function startRun(state: Wizard, nowMs: number, goneOn = state.resuming?.run.id): Transition {
  const { answers, outlook } = state;
  const id = goneOn ?? runId(nowMs, state.random);
  const presets = chosenEntries(state).map(({ preset }) => preset);
  const request = {
    id,
    settings: runSettings(answers),
    presets,
    nowMs: state.nowMs,
    connection: connectionOf(answers),
    replaceConfirmed: answers.replace === answers.settings.index,
  };
  const planned = outlook.state === 'ready' ? { planned: outlook.forecast.documents } : {};
  const work: Work = { ...newWork('run', id, nowMs), ...planned };
  return to(
    { ...state, work, resuming: undefined, notice: undefined, step: { name: 'load', view: 'progress' } },
    { type: 'cancel', effects: ['try-speed'] },
    { type: 'run', request },
    { type: 'remember', settings: answers.settings, speeds: state.speeds },
  );
}

/** The speed of a load that wrote everything itself and was long enough to be measured. */
function speedOf(event: RunEvent, { progress }: Work): number | undefined {
  if (event.type !== 'loaded' || event.seconds < 0.5 || event.acknowledged < 1000) return undefined;
  return progress && progress.alreadyThere > 0 ? undefined : Math.round(event.acknowledged / event.seconds);
}

/** The speeds with that of this load, and the wish to remember it. */
function measured(state: Wizard, event: RunEvent): Transition {
  const speed = state.work ? speedOf(event, state.work) : undefined;
  if (speed === undefined) return to(state);
  const speeds = { ...state.speeds, [state.answers.settings.url]: speed };
  return to({ ...state, speeds }, { type: 'remember', settings: state.answers.settings, speeds });
}

/** An event of the run. */
export function runEvent(state: Wizard, event: RunEvent, nowMs: number): Transition {
  if (!state.work || state.work.status === 'ended') return to(state);
  const told = { ...state, work: fold(state.work, event, nowMs) };
  return chain(measured(event.type === 'progress' ? told : heard(told), event), (next) => {
    if (event.type === 'checking' && next.step.name === 'load' && next.step.view === 'progress') {
      return to({ ...next, step: { name: 'check' } });
    }
    if (event.type === 'progress') return to(listen(next));
    return event.type === 'done' ? ended(next, event.error?.code) : to(next);
  });
}

/** After the last event: leave when that was asked for, else stay where the outcome is told. */
function ended(state: Wizard, code: string | undefined): Transition {
  if (state.leaving !== undefined)
    return to({ ...state, ended: true }, { type: 'quit', exit: state.leaving });
  if (state.step.name !== 'load' && state.step.name !== 'check') return to(state);
  if (code && code !== 'checks-failed' && state.work?.kind === 'run') {
    return to({ ...state, step: { name: 'load', view: 'problem' } });
  }
  if (state.step.name === 'load' && state.step.view === 'leave') {
    return to({ ...state, step: { name: 'check' } });
  }
  return to(state);
}

/** A run never throws; when it does all the same, its last event is made here. */
export function runFailed(state: Wizard, error: AppError, nowMs: number): Transition {
  const { settings } = state.answers;
  const { progress } = state.work ?? {};
  const done: RunEvent = {
    type: 'done',
    ok: false,
    exit: error.exit,
    url: settings.url,
    index: settings.index,
    documents: {
      planned: state.work?.planned ?? 0,
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
export function stopRun(state: Wizard): Transition {
  const { work, step } = state;
  if (work?.status !== 'running') return to(state);
  const next: Wizard = { ...state, work: { ...work, status: 'stopping' } };
  return to(step.name === 'load' ? { ...next, step: { name: 'load', view: 'progress' } } : next, {
    type: 'stop-run',
  });
}

/** Goes on with a run that ended half-way: the ids repeat, so only what is missing is added. */
export function resumeRun(state: Wizard, nowMs: number): Transition {
  const { work, answers } = state;
  if (work?.status !== 'ended') return to(state);
  const settings = work.index
    ? { ...answers.settings, index: work.index.name, onConflict: 'append' as const }
    : answers.settings;
  return startRun({ ...state, answers: { ...answers, settings } }, nowMs, work.id || undefined);
}

/** The exit code of leaving now. */
export function exitNow({ work }: Wizard): number {
  return work?.done?.exit ?? EXIT.interrupted;
}
