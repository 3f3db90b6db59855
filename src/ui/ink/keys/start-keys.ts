// Before the first step: what happens to an unfinished run.
import { REMOVE_CHOICES, resumeCommand, startOptions } from '../../text/start-text.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { chooseKeys, copyKey, detailsKey, escapeKey, stepBack } from './common-keys.ts';

function choiceKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const state = session.getSnapshot();
  const options = startOptions(state);
  const focus = Math.min(store.get().start, options.length - 1);
  const pick = (place: number) => {
    const option = options[place];
    if (!option) return;
    store.set({ start: option.choice === 'remove' ? 0 : place });
    if (option.choice === 'details') store.set({ overlay: { kind: 'details', scroll: 0 } });
    else session.send({ type: 'start-choice', choice: option.choice });
  };
  return [
    ...chooseKeys({ length: options.length, focus, move: (start) => store.set({ start }), pick }),
    detailsKey(ui),
    ...copyKey(ui, 'copy command', resumeCommand(state.unfinished[0], session.services.program)),
  ];
}

function removeKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const focus = Math.min(store.get().start, REMOVE_CHOICES.length - 1);
  const pick = (place: number) => session.send({ type: place === 0 ? 'back' : 'remove-run' });
  return [
    ...chooseKeys({
      length: REMOVE_CHOICES.length,
      focus,
      move: (start) => store.set({ start }),
      back: stepBack(ui),
      pick,
    }),
    escapeKey(ui, 'keep it'),
  ];
}

/** Keys of the question about an unfinished run. */
export function startKeys(ui: UiContext): readonly Binding[] {
  const { step } = ui.session.getSnapshot();
  if (step.name !== 'start' || step.view === 'removing') return [];
  return step.view === 'remove' ? removeKeys(ui) : choiceKeys(ui);
}
