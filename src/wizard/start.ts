// Before the first step: a run did not end, and it is asked what becomes of it.
import type { IndexState } from '../core/cluster/indexes/run-meta.ts';
import type { AppError } from '../errors/app-error.ts';
import { startNode } from './connect.ts';
import type { Effect, StartChoice } from './events.ts';
import { catalogReady } from './forecast.ts';
import { climb } from './ladder.ts';
import type { OpenRun } from './services.ts';
import { type Answers, connectionOf, type Wizard } from './state.ts';
import { connectStep, START } from './steps.ts';
import { chain, type Transition, to } from './transition.ts';

const answersOf = ({ settings, password }: OpenRun): Answers => ({
  address: settings.url,
  password,
  settings,
  replace: undefined,
});

/** Looks how much of the latest unfinished run is in its index. */
export function lookEffects({ unfinished: [run] }: Pick<Wizard, 'unfinished'>): readonly Effect[] {
  if (!run) return [];
  return [{ type: 'look-run', connection: connectionOf(answersOf(run)), name: run.settings.index }];
}

/** What is in the index of the unfinished run. */
export function remainsKnown(state: Wizard, index: IndexState): Transition {
  return to({ ...state, remains: { state: 'known', index } });
}

/** Plans again for the answers as they are now, as far as the presets are known. */
function planAgain(state: Wizard): Transition {
  const { catalog } = state;
  const next: Wizard = { ...state, outlook: { state: 'none' } };
  return catalog.state === 'ready' ? catalogReady(next, catalog.entries) : to(next);
}

/** Goes on with the run as `run --resume` does: as soon as the cluster answers. */
function resume(state: Wizard, run: OpenRun, nowMs: number): Transition {
  const { answers, nowMs: moment } = state;
  const next: Wizard = {
    ...state,
    resuming: { run, before: state.resuming?.before ?? { answers, nowMs: moment } },
    answers: answersOf(run),
    nowMs: Date.parse(run.settings.now ?? run.startedAt),
    step: connectStep({ going: true }),
  };
  return chain(planAgain(next), (planned) =>
    run.settings.local ? startNode(planned, nowMs) : climb(planned, nowMs),
  );
}

/** Leaves the unfinished run as it is. */
function startNew(state: Wizard, nowMs: number): Transition {
  const { resuming, link } = state;
  if (resuming) {
    const before: Wizard = { ...state, ...resuming.before, resuming: undefined, step: connectStep() };
    return chain(planAgain(before), (planned) => climb(planned, nowMs));
  }
  // What was found out about the address meanwhile counts as the first try.
  const view = link.state === 'down' ? 'problem' : 'form';
  return to({ ...state, step: connectStep({ touched: false, view }) });
}

/** The latest unfinished run is gone: ask about the next, or begin. */
function dropFirst(state: Wizard, nowMs: number, notice: string): Transition {
  const next: Wizard = { ...state, unfinished: state.unfinished.slice(1), remains: { state: 'looking' } };
  if (next.unfinished.length > 0) return to({ ...next, notice, step: START }, ...lookEffects(next));
  const begun = startNew(next, nowMs);
  return { ...begun, state: { ...begun.state, notice } };
}

/** What the person wants to become of the unfinished run. */
export function chooseStart(state: Wizard, choice: StartChoice, nowMs: number): Transition {
  const [run] = state.unfinished;
  if (state.step.name !== 'start' || state.step.view === 'removing' || !run) return to(state);
  switch (choice) {
    case 'resume':
      return resume(state, run, nowMs);
    case 'new':
      return startNew(state, nowMs);
    case 'remove':
      return to({ ...state, step: { name: 'start', view: 'remove' } });
    case 'forget': {
      const gone = dropFirst(state, nowMs, 'Forgotten; what it loaded stays');
      return to(gone.state, { type: 'forget-run', id: run.id }, ...gone.effects);
    }
  }
}

/** Deletes what it loaded, after it was confirmed. */
export function removeUnfinished(state: Wizard): Transition {
  const [run] = state.unfinished;
  const asked =
    state.step.name === 'start' && (state.step.view === 'remove' || state.step.view === 'problem');
  if (!asked || !run) return to(state);
  return to(
    { ...state, step: { name: 'start', view: 'removing' } },
    { type: 'remove-run', run, connection: connectionOf(answersOf(run)) },
  );
}

/** It is deleted. */
export function unfinishedRemoved(state: Wizard, documents: number, nowMs: number): Transition {
  const [run] = state.unfinished;
  if (state.step.name !== 'start' || !run) return to(state);
  const what = documents === 1 ? '1 document' : `${documents.toLocaleString('en-US')} documents`;
  return dropFirst(state, nowMs, `Removed ${run.settings.index} with ${what}`);
}

/** It could not be deleted. */
export function removeFailed(state: Wizard, error: AppError): Transition {
  if (state.step.name !== 'start') return to(state);
  return to({ ...state, step: { name: 'start', view: 'problem', error } });
}

/** Escape: out of a question, or away from a deletion that is under way. */
export function backInStart(state: Wizard): Transition {
  if (state.step.name !== 'start' || state.step.view === 'removing') return to(state);
  return to({ ...state, step: START });
}
