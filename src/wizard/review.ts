// Review: what will be written and where. An index that exists is met here, before anything is written.
import type { IndexState } from '../core/cluster/indexes/run-meta.ts';
import { type AppError, asAppError } from '../errors/app-error.ts';
import type { Settings } from '../options/settings.ts';
import { parseIndex } from '../options/values.ts';
import { startCheck } from './check.ts';
import { dropWork } from './discard-run.ts';
import type { Effect, IndexChoice } from './events.ts';
import { outlookEffects } from './forecast.ts';
import { startRun } from './load.ts';
import { connectionOf, type Step, type Wizard } from './state.ts';
import { chain, type Transition, to } from './transition.ts';

type ReviewStep = Extract<Step, { name: 'review' }>;

function onReview(state: Wizard, changes: Partial<ReviewStep>): Wizard {
  return state.step.name === 'review' ? { ...state, step: { ...state.step, ...changes } } : state;
}

function inspectEffect({ answers }: Wizard): Effect {
  return { type: 'inspect', connection: connectionOf(answers), name: answers.settings.index };
}

/** Looks at the index; what was known of it is out of date. */
export function look(state: Wizard, nowMs: number): Transition {
  return to({ ...state, place: { state: 'looking', sinceMs: nowMs } }, inspectEffect(state));
}

/** Comes to Review: plans for the present moment and looks at the index. */
export function enterReview(state: Wizard, nowMs: number): Transition {
  const moment = state.answers.settings.now === undefined && !state.work ? nowMs : state.nowMs;
  const next: Wizard = {
    ...state,
    nowMs: moment,
    step: { name: 'review', view: 'summary', going: false },
  };
  return chain(look(next, nowMs), (looking) =>
    to(looking, ...(moment === state.nowMs ? [] : outlookEffects(looking))),
  );
}

/** True when the answers allow loading into what is there. */
export function allowed({ place, answers }: Wizard): boolean {
  const { onConflict, index } = answers.settings;
  if (place.state === 'free') return true;
  if (place.state !== 'taken') return false;
  return onConflict === 'append' || (onConflict === 'replace' && answers.replace === index);
}

/** What the cluster says about the index. */
export function indexState(
  state: Wizard,
  index: IndexState,
  freeName: string | undefined,
  nowMs: number,
): Transition {
  if (state.place.state !== 'looking' || index.name !== state.answers.settings.index) return to(state);
  const next: Wizard = {
    ...state,
    place: index.exists ? { state: 'taken', index, ...(freeName ? { freeName } : {}) } : { state: 'free' },
  };
  if (next.step.name !== 'review') return to(next);
  if (allowed(next)) {
    if (next.step.going && next.outlook.state === 'ready') return startRun(next, nowMs);
    return to(onReview(next, { going: false, view: 'summary' }));
  }
  const met = next.step.going ? 'The index has appeared in the meantime; nothing was written' : undefined;
  return to({ ...onReview(next, { going: false, view: 'index' }), notice: met ?? next.notice });
}

/** The cluster could not say. */
export function indexFailed(state: Wizard, error: AppError): Transition {
  if (state.place.state !== 'looking') return to(state);
  return to(onReview({ ...state, place: { state: 'failed', error } }, { going: false, view: 'problem' }));
}

function withIndex(state: Wizard, changes: Partial<Settings>, replace?: string): Wizard {
  const { answers } = state;
  return { ...state, answers: { ...answers, settings: { ...answers.settings, ...changes }, replace } };
}

/** Every part would make or delete an index for itself, which `run --part` refuses too. */
const loadsPart = ({ answers }: Wizard) => answers.settings.part !== undefined;

/** What to do about an index that exists. */
export function chooseIndex(state: Wizard, choice: IndexChoice, nowMs: number): Transition {
  const { place, step } = state;
  if (step.name !== 'review' || place.state !== 'taken') return to(state);
  if (loadsPart(state) && (choice === 'new' || choice === 'replace')) return to(state);
  switch (choice) {
    case 'new':
      return place.freeName ? nameIndex(state, place.freeName, nowMs) : to(onReview(state, { view: 'name' }));
    case 'append':
      return to(onReview(withIndex(state, { onConflict: 'append' }), { view: 'summary' }));
    case 'replace':
      return to(onReview(state, { view: 'replace' }));
    case 'checks':
      return place.index.meta ? startCheck(state, nowMs) : to(state);
  }
}

/** Another name for the index; one that OpenSearch would refuse changes nothing. */
export function nameIndex(state: Wizard, name: string, nowMs: number): Transition {
  if (state.step.name !== 'review') return to(state);
  try {
    const index = parseIndex(name.trim());
    if (index === '') return to(state);
    const changed =
      index === state.answers.settings.index ? state : dropWork(state, 'The name of the index changed');
    const named = withIndex(changed, { index, onConflict: 'fail' });
    return look(onReview(named, { view: 'summary' }), nowMs);
  } catch (error) {
    return to({ ...state, notice: asAppError(error).message });
  }
}

/** The typed name of the index to be deleted; only the exact name counts. */
export function confirmReplace(state: Wizard, name: string): Transition {
  const { index } = state.answers.settings;
  if (state.step.name !== 'review' || state.place.state !== 'taken' || loadsPart(state)) return to(state);
  if (name !== index) return to({ ...state, notice: `That is not the name; nothing will be deleted` });
  return to(onReview(withIndex(state, { onConflict: 'replace' }, index), { view: 'summary' }));
}

/** Opens or closes one of the views of Review. */
export function reviewView(state: Wizard, view: 'summary' | 'index' | 'name'): Transition {
  if (view === 'index' && state.place.state !== 'taken') return to(onReview(state, { view: 'name' }));
  return to(onReview(state, { view }));
}

/** Enter in Review: a second look at the index, then the load. */
export function leaveReview(state: Wizard, nowMs: number): Transition {
  if (state.step.name !== 'review' || state.place.state === 'looking') return to(state);
  if (state.work?.status === 'ended' && state.work.done?.ok) {
    return to({ ...state, step: { name: 'load', view: 'progress' } });
  }
  if (state.place.state === 'taken' && !allowed(state)) return to(onReview(state, { view: 'index' }));
  return look(onReview(state, { going: true, view: 'summary' }), nowMs);
}

/** Escape in Review: closes a view; undefined when Review itself is to be left. */
export function backInReview(state: Wizard): Transition | undefined {
  if (state.step.name !== 'review') return undefined;
  const { view, going } = state.step;
  if (going) return to(onReview(state, { going: false }));
  if (view === 'replace') return to(onReview(state, { view: 'index' }));
  if (view === 'name' && state.place.state === 'taken' && !allowed(state)) {
    return to(onReview(state, { view: 'index' }));
  }
  if (view === 'name' || (view === 'index' && allowed(state)))
    return to(onReview(state, { view: 'summary' }));
  return undefined;
}
