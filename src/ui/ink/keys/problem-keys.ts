// Every error panel: choose an action, try again, look at the details.
import type { Recovery } from '../../../wizard/recovery.ts';
import type { Problem } from '../../text/problem.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { chooseKeys, copy, copyKey, detailsKey, escapeKey, stepBack } from './common-keys.ts';

function act(ui: UiContext, { id, copy: text }: Recovery): void {
  if (text !== undefined) copy(ui, text);
  else if (id === 'query') ui.store.set({ overlay: { kind: 'query', scroll: 0 } });
  else if (id === 'details') ui.store.set({ overlay: { kind: 'details', scroll: 0 } });
  else {
    ui.store.set({ problem: 0 });
    ui.session.send({ type: 'recover', action: id });
  }
}

/** Keys of an error panel. */
export function problemKeys(ui: UiContext, { recoveries }: Problem): readonly Binding[] {
  const { store } = ui;
  const focus = Math.min(store.get().problem, recoveries.length - 1);
  const pick = (place: number) => {
    const recovery = recoveries[place];
    store.set({ problem: place });
    if (recovery) act(ui, recovery);
  };
  const again = recoveries.find(({ id }) => id === 'again' || id === 'resume' || id === 'look-again');
  const retry: Binding = {
    keys: ['r'],
    label: 'r',
    does: 'try again',
    footer: 7.2,
    run: () => act(ui, again ?? { id: 'again', label: '', hint: '' }),
  };
  const retries = again !== undefined || recoveries.some(({ id }) => id === 'wait' || id === 'edit-address');
  return [
    ...chooseKeys({
      length: recoveries.length,
      focus,
      move: (problem) => store.set({ problem }),
      back: stepBack(ui),
      pick,
      digitsFooter: 3,
    }),
    ...(retries ? [retry] : []),
    detailsKey(ui, 7),
    ...copyKey(ui, 'copy', recoveries.find((recovery) => recovery.copy)?.copy ?? ''),
    escapeKey(ui),
  ];
}
