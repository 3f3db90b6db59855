// One keymap: what it holds is what a key does, what the footer says and what the help explains.
import type { UiContext } from '../ui-context.ts';
import { type Binding, bindingFor } from './binding.ts';
import { globalKeys } from './global-keys.ts';
import { type KeyPress, keyOf } from './key-press.ts';
import { overlayKeys } from './overlay-keys.ts';
import { screenKeys } from './screen-keys.ts';

function helpKey({ store }: UiContext): Binding {
  return {
    keys: ['?'],
    label: '?',
    does: 'help',
    footer: 7.5,
    run: () => store.set({ overlay: { kind: 'help', scroll: 0 } }),
  };
}

/** All bindings that work at this moment; an earlier one wins. */
export function keymap(ui: UiContext): readonly Binding[] {
  if (ui.store.get().overlay) return [...overlayKeys(ui), ...globalKeys(ui)];
  const screen = screenKeys(ui);
  const typing = screen.some(({ keys }) => keys.includes('text'));
  return [...screen, ...(typing ? [] : [helpKey(ui)]), ...globalKeys(ui)];
}

const ALT = 'alt+';

/**
 * What a press stands for where no text is typed. Keys pressed fast, or over a slow line, arrive as one: several
 * characters are one key after the other, and a key with Alt, which nothing here has, is that key after an Escape.
 */
function apart({ name, text }: KeyPress): readonly KeyPress[] | undefined {
  if (name === 'text') return Array.from(text, keyOf);
  if (!name.startsWith(ALT)) return undefined;
  const sign = name.slice(ALT.length);
  return sign.length === 1 ? [{ name: 'escape', text: '' }, keyOf(sign)] : [];
}

/** Does what a key is for; a key without a binding does nothing. */
export function dispatch(ui: UiContext, press: KeyPress): void {
  const bindings = keymap(ui);
  const keys = bindings.some((binding) => binding.keys.includes('text')) ? undefined : apart(press);
  if (keys) {
    for (const key of keys) dispatch(ui, key);
    return;
  }
  const binding = bindingFor(bindings, press);
  if (!binding) return;
  ui.store.set({ said: undefined });
  binding.run(press);
}
