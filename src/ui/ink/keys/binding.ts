// A key and what it does: the same object handles the key, names it in the footer and explains it in the help.
import { columnsOf } from '../../text/wrap.ts';
import type { KeyPress } from './key-press.ts';

export interface Binding {
  /** Names of keys; `text` stands for anything that types, `digit` for 1 to 9. */
  readonly keys: readonly string[];
  /** How the key is written: `Enter`, `↑↓`. */
  readonly label: string;
  /** What it does, in a word or three. */
  readonly does: string;
  /** In the footer, the higher the longer it stays when room is scarce; left out, only in the help. */
  readonly footer?: number;
  readonly run: (press: KeyPress) => void;
}

function matches({ keys }: Binding, { name, text }: KeyPress): boolean {
  if (keys.includes(name)) return true;
  if (text === '') return false;
  return keys.includes('text') || (keys.includes('digit') && /^[1-9]$/.test(text));
}

/** The first binding that takes this key. */
export function bindingFor(bindings: readonly Binding[], press: KeyPress): Binding | undefined {
  return bindings.find((binding) => matches(binding, press));
}

/** Columns between two hints: where there is room, and where one more hint fits with less. */
const GAP = 3;
const NARROW_GAP = 2;

/** The hints of the footer that fit into so many columns, in the order of the bindings. */
export function footerHints(bindings: readonly Binding[], columns: number, gap = GAP): readonly Binding[] {
  const width = ({ label, does }: Binding) => columnsOf(label) + 1 + columnsOf(does) + gap;
  const screen = bindings.filter(({ footer }) => footer !== undefined);
  const byWorth = [...screen].sort((a, b) => (b.footer ?? 0) - (a.footer ?? 0));
  const kept = new Set<Binding>();
  let free = columns + gap;
  for (const binding of byWorth) {
    if (width(binding) > free) continue;
    free -= width(binding);
    kept.add(binding);
  }
  return screen.filter((binding) => kept.has(binding));
}

/** The hints beside one that always stays, so far apart that those worth most fit; columns are those of the row. */
export function footerRow(
  bindings: readonly Binding[],
  right: Binding | undefined,
  columns: number,
): { readonly hints: readonly Binding[]; readonly gap: number } {
  const others = bindings.filter((binding) => binding !== right);
  const fitting = (gap: number) => {
    const taken = right ? columnsOf(right.label) + 1 + columnsOf(right.does) + gap : 0;
    return { hints: footerHints(others, columns - taken, gap), gap };
  };
  const wide = fitting(GAP);
  const narrow = fitting(NARROW_GAP);
  const worth = ({ hints }: typeof wide) => hints.reduce((sum, { footer = 0 }) => sum + footer, 0);
  return worth(narrow) > worth(wide) ? narrow : wide;
}
