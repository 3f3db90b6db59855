// Review: what will be written and where. An index that exists is met here, before anything is written.
import type { IndexState } from '../core/cluster/indexes/run-meta.ts';
import { type AppError, asAppError } from '../errors/app-error.ts';
import type { Settings } from '../options/settings.ts';
import { parseIndex } from '../options/values.ts';
import { wizardConnection } from './answers.ts';
import { startCheck } from './check.ts';
import { offerDashboards } from './dashboards.ts';
import { discardRun } from './discard-run.ts';
import type { Effect, IndexChoice } from './events.ts';
import { forecastEffects } from './forecast.ts';
import { startRun } from './load.ts';
import type { WizardState } from './state.ts';
import type { Step } from './steps.ts';
import { andThen, next, type Transition } from './transition.ts';

type ReviewStep = Extract<Step, { name: 'review' }>;

function onReview(state: WizardState, changes: Partial<ReviewStep>): WizardState {
  return state.step.name === 'review' ? { ...state, step: { ...state.step, ...changes } } : state;
}

function inspectEffect({ answers }: WizardState): Effect {
  return { type: 'inspect-index', connection: wizardConnection(answers), name: answers.settings.index };
}

/** Looks at the index; what was known of it is out of date. */
export function lookAtIndex(state: WizardState, nowMs: number): Transition {
  return next({ ...state, indexStatus: { state: 'looking', sinceMs: nowMs } }, inspectEffect(state));
}

/** Comes to Review: plans for the present moment and looks at the index. */
export function enterReview(state: WizardState, nowMs: number): Transition {
  const moment = state.answers.settings.now === undefined && !state.run ? nowMs : state.nowMs;
  const after: WizardState = {
    ...state,
    nowMs: moment,
    step: { name: 'review', view: 'summary', advanceWhenReady: false },
  };
  return andThen(lookAtIndex(after, nowMs), (looking) =>
    next(looking, ...(moment === state.nowMs ? [] : forecastEffects(looking)), ...offerDashboards(looking)),
  );
}

/** Whether the run also makes the companion index; once something is loaded it is too late. */
export function markIncidents(state: WizardState, on: boolean): Transition {
  const { step, run, answers } = state;
  if (step.name !== 'review' || step.view !== 'summary' || run?.loaded) return next(state);
  return next({ ...state, answers: { ...answers, settings: { ...answers.settings, markIncidents: on } } });
}

/** True when the answers allow loading into what is there. */
export function mayLoad({ indexStatus, answers }: WizardState): boolean {
  const { onConflict, index } = answers.settings;
  if (indexStatus.state === 'free') return true;
  if (indexStatus.state !== 'taken') return false;
  return onConflict === 'append' || (onConflict === 'replace' && answers.replace === index);
}

/** What the cluster says about the index. */
export function indexState(
  state: WizardState,
  index: IndexState,
  freeName: string | undefined,
  nowMs: number,
): Transition {
  if (state.indexStatus.state !== 'looking' || index.name !== state.answers.settings.index)
    return next(state);
  const after: WizardState = {
    ...state,
    indexStatus: index.exists
      ? { state: 'taken', index, ...(freeName ? { freeName } : {}) }
      : { state: 'free', ...(index.notes?.length ? { notes: index.notes } : {}) },
  };
  if (after.step.name !== 'review') return next(after);
  if (mayLoad(after)) {
    if (after.step.advanceWhenReady && after.forecast.state === 'ready') return startRun(after, nowMs);
    return next(onReview(after, { advanceWhenReady: false, view: 'summary' }));
  }
  const met = after.step.advanceWhenReady
    ? 'The index was created in the meantime; nothing was written'
    : undefined;
  return next({
    ...onReview(after, { advanceWhenReady: false, view: 'index' }),
    notice: met ?? after.notice,
  });
}

/** The cluster could not say. */
export function indexFailed(state: WizardState, error: AppError): Transition {
  if (state.indexStatus.state !== 'looking') return next(state);
  return next(
    onReview(
      { ...state, indexStatus: { state: 'failed', error } },
      { advanceWhenReady: false, view: 'problem' },
    ),
  );
}

function withIndex(state: WizardState, changes: Partial<Settings>, replace?: string): WizardState {
  const { answers } = state;
  return { ...state, answers: { ...answers, settings: { ...answers.settings, ...changes }, replace } };
}

/** Every part would make or delete an index for itself, which `run --part` refuses too. */
const loadsPart = ({ answers }: WizardState) => answers.settings.part !== undefined;

/** What to do about an index that exists. */
export function chooseIndex(state: WizardState, choice: IndexChoice, nowMs: number): Transition {
  const { indexStatus, step } = state;
  if (step.name !== 'review' || indexStatus.state !== 'taken') return next(state);
  if (loadsPart(state) && (choice === 'new' || choice === 'replace')) return next(state);
  switch (choice) {
    case 'new':
      return indexStatus.freeName
        ? nameIndex(state, indexStatus.freeName, nowMs)
        : next(onReview(state, { view: 'name' }));
    case 'append':
      return next(onReview(withIndex(state, { onConflict: 'append' }), { view: 'summary' }));
    case 'replace':
      return next(onReview(state, { view: 'replace' }));
    case 'checks':
      return indexStatus.index.meta ? startCheck(state, nowMs) : next(state);
  }
}

/** Another name for the index; one that OpenSearch would refuse changes nothing. */
export function nameIndex(state: WizardState, name: string, nowMs: number): Transition {
  if (state.step.name !== 'review') return next(state);
  try {
    const index = parseIndex(name.trim());
    if (index === '') return next(state);
    const changed =
      index === state.answers.settings.index ? state : discardRun(state, 'The index name changed');
    const named = withIndex(changed, { index, onConflict: 'fail' });
    return lookAtIndex(onReview(named, { view: 'summary' }), nowMs);
  } catch (error) {
    return next({ ...state, notice: asAppError(error).message });
  }
}

/** The typed name of the index to be deleted; only the exact name counts. */
export function confirmReplace(state: WizardState, name: string): Transition {
  const { index } = state.answers.settings;
  if (state.step.name !== 'review' || state.indexStatus.state !== 'taken' || loadsPart(state))
    return next(state);
  if (name !== index) return next({ ...state, notice: 'The name does not match; nothing will be deleted' });
  return next(onReview(withIndex(state, { onConflict: 'replace' }, index), { view: 'summary' }));
}

/** Opens or closes one of the views of Review. */
export function reviewView(state: WizardState, view: 'summary' | 'index' | 'name'): Transition {
  if (view === 'index' && state.indexStatus.state !== 'taken') return next(onReview(state, { view: 'name' }));
  return next(onReview(state, { view }));
}

/** Enter in Review: a second look at the index, then the load. */
export function leaveReview(state: WizardState, nowMs: number): Transition {
  if (state.step.name !== 'review' || state.indexStatus.state === 'looking') return next(state);
  if (state.run?.status === 'ended' && state.run.done?.ok) {
    return next({ ...state, step: { name: 'load', view: 'progress' } });
  }
  if (state.indexStatus.state === 'taken' && !mayLoad(state)) return next(onReview(state, { view: 'index' }));
  return lookAtIndex(onReview(state, { advanceWhenReady: true, view: 'summary' }), nowMs);
}

/** Escape in Review: closes a view; undefined when Review itself is to be left. */
export function backInReview(state: WizardState): Transition | undefined {
  if (state.step.name !== 'review') return undefined;
  const { view, advanceWhenReady } = state.step;
  if (advanceWhenReady) return next(onReview(state, { advanceWhenReady: false }));
  if (view === 'replace') return next(onReview(state, { view: 'index' }));
  if (view === 'name' && state.indexStatus.state === 'taken' && !mayLoad(state)) {
    return next(onReview(state, { view: 'index' }));
  }
  if (view === 'name' || (view === 'index' && mayLoad(state)))
    return next(onReview(state, { view: 'summary' }));
  return undefined;
}
