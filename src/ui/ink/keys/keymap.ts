// One keymap: what it holds is what a key does, what the footer says and what the help explains.
import type { Ui } from '../ui.ts';
import { type Binding, bindingFor } from './binding.ts';
import { globalKeys } from './global-keys.ts';
import { overlayKeys } from './overlay-keys.ts';
import type { Press } from './press.ts';
import { screenKeys } from './screen-keys.ts';

function helpKey({ view }: Ui): Binding {
  return {
    keys: ['?'],
    label: '?',
    does: 'help',
    footer: 7.5,
    run: () => view.set({ overlay: { kind: 'help', scroll: 0 } }),
  };
}

/** All bindings that work at this moment; an earlier one wins. */
export function keymap(ui: Ui): readonly Binding[] {
  if (ui.view.get().overlay) return [...overlayKeys(ui), ...globalKeys(ui)];
  const screen = screenKeys(ui);
  const typing = screen.some(({ keys }) => keys.includes('text'));
  return [...screen, ...(typing ? [] : [helpKey(ui)]), ...globalKeys(ui)];
}

/** Does what a key is for; a key without a binding does nothing. */
export function dispatch(ui: Ui, press: Press): void {
  const binding = bindingFor(keymap(ui), press);
  if (!binding) return;
  ui.view.set({ said: undefined });
  binding.run(press);
}
