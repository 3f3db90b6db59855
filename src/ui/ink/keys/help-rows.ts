// The help overlay: every key of the screen below it, from the same bindings that handle them.
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { globalKeys } from './global-keys.ts';
import { screenKeys } from './screen-keys.ts';

const KEY_WIDTH = 14;

/** One row a key. */
export function helpRows(ui: UiContext): readonly string[] {
  const row = ({ label, does }: Binding) => `${label.padEnd(KEY_WIDTH)}${does}`;
  return [...screenKeys(ui), ...globalKeys(ui)].map(row);
}
