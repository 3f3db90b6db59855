// One line of text being typed: pure, by whole characters, so that an emoji is never cut in two.
import type { KeyPress } from './key-press.ts';

export interface Draft {
  readonly text: string;
  /** Characters before the caret. */
  readonly caret: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The characters of a text as a person counts them. */
export function characters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** A draft with its caret at the end. */
export function draftOf(text: string): Draft {
  return { text, caret: characters(text).length };
}

function insert({ text, caret }: Draft, added: string): Draft {
  const signs = characters(text);
  const before = signs.slice(0, caret).join('') + added;
  return { text: before + signs.slice(caret).join(''), caret: characters(before).length };
}

function remove({ text, caret }: Draft, from: number, to: number): Draft {
  const signs = characters(text);
  const rest = [...signs.slice(0, from), ...signs.slice(to)];
  return { text: rest.join(''), caret: Math.min(from, caret) };
}

function wordStart({ text, caret }: Draft): number {
  const signs = characters(text);
  let place = caret;
  while (place > 0 && signs[place - 1] === ' ') place--;
  while (place > 0 && signs[place - 1] !== ' ') place--;
  return place;
}

const MOVES: Readonly<Record<string, (draft: Draft, length: number) => Draft>> = {
  left: (draft) => ({ ...draft, caret: Math.max(0, draft.caret - 1) }),
  right: (draft, length) => ({ ...draft, caret: Math.min(length, draft.caret + 1) }),
  home: (draft) => ({ ...draft, caret: 0 }),
  end: (draft, length) => ({ ...draft, caret: length }),
  backspace: (draft) => (draft.caret === 0 ? draft : remove(draft, draft.caret - 1, draft.caret)),
  delete: (draft) => remove(draft, draft.caret, draft.caret + 1),
  'ctrl+u': (draft) => remove(draft, 0, draft.caret),
  'ctrl+k': (draft, length) => remove(draft, draft.caret, length),
  'ctrl+w': (draft) => remove(draft, wordStart(draft), draft.caret),
};

const ALIASES: Readonly<Record<string, string>> = {
  'ctrl+a': 'home',
  'ctrl+e': 'end',
  'ctrl+b': 'left',
  'ctrl+f': 'right',
  'ctrl+d': 'delete',
};

/** Keys that edit a line, beside typing itself. */
export const EDIT_KEYS: readonly string[] = [...Object.keys(MOVES), ...Object.keys(ALIASES)];

/** The line after a key; a caret that is too far right counts as the end. */
export function editText(draft: Draft, press: KeyPress): Draft {
  const length = characters(draft.text).length;
  const held = { ...draft, caret: Math.min(draft.caret, length) };
  if (press.text !== '') return insert(held, press.text);
  return MOVES[ALIASES[press.name] ?? press.name]?.(held, length) ?? held;
}
