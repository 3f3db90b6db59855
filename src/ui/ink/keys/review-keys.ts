// Review: jump back to a part, decide about an index that exists, load.
import { mayRestoreDefaults } from '../../../wizard/defaults.ts';
import { plannedOf, type WizardState } from '../../../wizard/state.ts';
import { indexOptions } from '../../text/review-index-text.ts';
import { offersDashboards, repeatCommand } from '../../text/review-text.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { chooseKeys, copyKey, detailsKey, digitKeys, enterKey, escapeKey, stepBack } from './common-keys.ts';
import { draftOf, EDIT_KEYS, editText } from './text-edit.ts';

function part(ui: UiContext, place: number): void {
  const to = (['connect', 'scenario', 'tune'] as const)[place];
  if (to) {
    ui.session.send({ type: 'go', to });
    return;
  }
  ui.store.set({ name: draftOf(ui.session.getSnapshot().answers.settings.index), index: 0 });
  ui.session.send({ type: 'review-view', view: 'index' });
}

function markKey({ session }: UiContext): Binding {
  const { markIncidents: on } = session.getSnapshot().answers.settings;
  return {
    keys: ['m'],
    label: 'm',
    does: on ? 'do not mark incidents' : 'mark incidents',
    footer: 3,
    run: () => session.send({ type: 'mark-incidents', on: !on }),
  };
}

function defaultsKey({ session }: UiContext): Binding {
  return {
    keys: ['r'],
    label: 'r',
    does: 'use defaults',
    footer: 4,
    run: () => session.send({ type: 'defaults' }),
  };
}

function dashboardsKey({ session }: UiContext): Binding {
  const off = session.getSnapshot().answers.settings.dashboards === undefined;
  return {
    keys: ['d'],
    label: 'd',
    does: off ? 'install dashboards' : 'no dashboards',
    footer: 5.5,
    run: () => session.send({ type: 'want-dashboards', on: off }),
  };
}

function summaryKeys(ui: UiContext): readonly Binding[] {
  const { session } = ui;
  const state = session.getSnapshot();
  const looking = state.indexStatus.state === 'looking';
  const done = state.run?.status === 'ended' && state.run.done?.ok;
  return [
    ...(looking ? [] : [enterKey(done ? 'continue' : 'load now', () => session.send({ type: 'forward' }))]),
    digitKeys(4, 'change', (place) => part(ui, place)),
    ...(mayRestoreDefaults(state) ? [defaultsKey(ui)] : []),
    ...(state.run?.loaded ? [] : [markKey(ui)]),
    ...(offersDashboards(state) ? [dashboardsKey(ui)] : []),
    ...copyKey(ui, 'copy command', repeatCommand(state, session.services)),
    escapeKey(ui),
  ];
}

/** The choices about the index in view; none while it is not known to exist. */
export function indexChoices(state: WizardState) {
  const { indexStatus, answers } = state;
  if (indexStatus.state !== 'taken') return [];
  return indexOptions(indexStatus.index, indexStatus.freeName, plannedOf(state), answers.settings.part);
}

function indexKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const state = session.getSnapshot();
  const options = indexChoices(state);
  const focus = Math.min(store.get().index, options.length - 1);
  const pick = (place: number) => {
    const option = options[place];
    if (!option) return;
    store.set({ index: place, name: draftOf(state.answers.settings.index), replace: draftOf('') });
    if (option.choice === 'name') session.send({ type: 'review-view', view: 'name' });
    else session.send({ type: 'index-choice', choice: option.choice });
  };
  return [
    ...chooseKeys({
      length: options.length,
      focus,
      move: (index) => store.set({ index }),
      back: stepBack(ui),
      pick,
    }),
    detailsKey(ui),
    escapeKey(ui),
  ];
}

function nameKeys(ui: UiContext, field: 'name' | 'replace'): readonly Binding[] {
  const { session, store } = ui;
  const send = () => {
    const { text } = store.get()[field];
    if (field === 'name') session.send({ type: 'index-name', name: text });
    else session.send({ type: 'replace-name', name: text });
  };
  return [
    enterKey(field === 'name' ? 'use this name' : 'confirm deletion', send),
    {
      keys: ['text', ...EDIT_KEYS],
      label: 'typing',
      does: 'edit the name; Ctrl+U clears it',
      run: (press) => store.set({ [field]: editText(store.get()[field], press) }),
    },
    escapeKey(ui),
  ];
}

/** Keys of Review, in whichever view it is. */
export function reviewKeys(ui: UiContext): readonly Binding[] {
  const { step } = ui.session.getSnapshot();
  const view = step.name === 'review' ? step.view : 'summary';
  if (view === 'index') return indexKeys(ui);
  return view === 'name' || view === 'replace' ? nameKeys(ui, view) : summaryKeys(ui);
}
