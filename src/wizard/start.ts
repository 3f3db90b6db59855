// Before the first step: a run did not end, and the wizard asks what to do with it.

import { signsIn } from '../core/cluster/credentials.ts';
import type { IndexState } from '../core/cluster/indexes/run-meta.ts';
import type { AppError } from '../errors/app-error.ts';
import type { Secrets } from '../options/connection.ts';
import { grouped } from '../text/numbers.ts';
import { type Answers, wizardConnection } from './answers.ts';
import { startNode } from './connect.ts';
import type { Effect, StartChoice } from './events.ts';
import { catalogReady } from './forecast.ts';
import { climbLadder } from './ladder.ts';
import type { OpenRun } from './services.ts';
import type { WizardState } from './state.ts';
import { connectStep, START } from './steps.ts';
import { andThen, next, type Transition } from './transition.ts';

export const secretsOf = ({ password, token, keyPassphrase }: Secrets): Secrets => ({
  password,
  token,
  keyPassphrase,
});

const answersOf = (run: OpenRun): Answers => ({
  ...secretsOf(run),
  address: run.settings.url,
  settings: run.settings,
  replace: undefined,
});

/** Looks how much of the latest unfinished run is in its index; only where nobody has to sign in for it. */
export function leftoversOf([run]: WizardState['unfinished']): {
  readonly leftovers: WizardState['leftovers'];
  readonly effects: readonly Effect[];
} {
  if (!run) return { leftovers: { state: 'looking' }, effects: [] };
  const connection = wizardConnection(answersOf(run));
  if (signsIn(connection)) return { leftovers: { state: 'unasked' }, effects: [] };
  const effect: Effect = { type: 'inspect-leftovers', connection, name: run.settings.index };
  return { leftovers: { state: 'looking' }, effects: [effect] };
}

/** What is in the index of the unfinished run. */
export function leftoversKnown(state: WizardState, index: IndexState): Transition {
  return next({ ...state, leftovers: { state: 'known', index } });
}

/** Plans again for the answers as they are now, as far as the presets are known. */
function planAgain(state: WizardState): Transition {
  const { catalog } = state;
  const after: WizardState = { ...state, forecast: { state: 'none' } };
  return catalog.state === 'ready' ? catalogReady(after, catalog.entries) : next(after);
}

/** Goes on with the run as `run --resume` does: as soon as the cluster answers. */
function resume(state: WizardState, run: OpenRun, nowMs: number): Transition {
  const { answers, nowMs: moment } = state;
  const after: WizardState = {
    ...state,
    resuming: { run, before: state.resuming?.before ?? { answers, nowMs: moment } },
    answers: answersOf(run),
    nowMs: Date.parse(run.settings.now ?? run.startedAt),
    step: connectStep({ advanceWhenReady: true }),
  };
  return andThen(planAgain(after), (planned) =>
    run.settings.local ? startNode(planned, nowMs) : climbLadder(planned, nowMs, { signIn: true }),
  );
}

/** Leaves the unfinished run as it is. */
function startNew(state: WizardState, nowMs: number): Transition {
  const { resuming, connection } = state;
  if (resuming) {
    const before: WizardState = { ...state, ...resuming.before, resuming: undefined, step: connectStep() };
    return andThen(planAgain(before), (planned) => climbLadder(planned, nowMs));
  }
  // What was found out about the address meanwhile counts as the first try.
  const view = connection.state === 'down' ? 'problem' : 'form';
  return next({ ...state, step: connectStep({ edited: false, view }) });
}

/** The latest unfinished run is gone: ask about the next, or begin. */
function dropFirst(state: WizardState, nowMs: number, notice: string): Transition {
  const unfinished = state.unfinished.slice(1);
  const { leftovers, effects } = leftoversOf(unfinished);
  const after: WizardState = { ...state, unfinished, leftovers };
  if (after.unfinished.length > 0) return next({ ...after, notice, step: START }, ...effects);
  const begun = startNew(after, nowMs);
  return { ...begun, state: { ...begun.state, notice } };
}

/** What the person wants to become of the unfinished run. */
export function chooseStart(state: WizardState, choice: StartChoice, nowMs: number): Transition {
  const [run] = state.unfinished;
  if (state.step.name !== 'start' || state.step.view === 'removing' || !run) return next(state);
  switch (choice) {
    case 'resume':
      return resume(state, run, nowMs);
    case 'new':
      return startNew(state, nowMs);
    case 'remove':
      return next({ ...state, step: { name: 'start', view: 'remove' } });
    case 'forget': {
      const gone = dropFirst(state, nowMs, 'Run forgotten; its documents are kept');
      return next(gone.state, { type: 'forget-run', id: run.id }, ...gone.effects);
    }
  }
}

/** Deletes what it loaded, after it was confirmed. */
export function removeUnfinished(state: WizardState): Transition {
  const [run] = state.unfinished;
  const confirmed =
    state.step.name === 'start' && (state.step.view === 'remove' || state.step.view === 'problem');
  if (!confirmed || !run) return next(state);
  return next(
    { ...state, step: { name: 'start', view: 'removing' } },
    { type: 'remove-run', run, connection: wizardConnection(answersOf(run)) },
  );
}

/** It is deleted. */
export function unfinishedRemoved(state: WizardState, documents: number, nowMs: number): Transition {
  const [run] = state.unfinished;
  if (state.step.name !== 'start' || !run) return next(state);
  const what = documents === 1 ? '1 document' : `${grouped(documents)} documents`;
  return dropFirst(state, nowMs, `Deleted ${run.settings.index} with ${what}`);
}

/** It could not be deleted. */
export function removeFailed(state: WizardState, error: AppError): Transition {
  if (state.step.name !== 'start') return next(state);
  return next({ ...state, step: { name: 'start', view: 'problem', error } });
}

/** Escape: out of a question, or away from a deletion that is under way. */
export function backInStart(state: WizardState): Transition {
  if (state.step.name !== 'start' || state.step.view === 'removing') return next(state);
  return next({ ...state, step: START });
}
