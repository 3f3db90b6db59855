// What came from the keyboard, as named keys: one press each, however it was chunked.
import type { Key } from 'ink';
import { plainText } from '../../text/plain-text.ts';

export interface Press {
  /**
   * `enter`, `up`, `ctrl+c`, `shift+tab`, `alt+l`; of a printable key the character itself; `text` for several that came
   * together, `paste` for what was pasted.
   */
  readonly name: string;
  /** What it types; empty for keys that type nothing. */
  readonly text: string;
}

const SPECIAL: readonly (readonly [keyof Key, string])[] = [
  ['return', 'enter'],
  ['escape', 'escape'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** The press of one printable key. */
export function keyOf(sign: string): Press {
  return { name: sign === ' ' ? 'space' : sign, text: sign };
}

function typed(text: string): Press[] {
  const clean = plainText(text);
  if (clean === '') return [];
  return [clean.length === 1 ? keyOf(clean) : { name: 'text', text: clean }];
}

/** Fast typing may arrive as one string with the Enter inside it: `hello\r`. */
function split(input: string): Press[] {
  return input
    .split(/(\r\n|\r|\n)/)
    .flatMap((part) => (/^[\r\n]+$/.test(part) ? [{ name: 'enter', text: '' }] : typed(part)));
}

/** The presses in one report of Ink. */
export function pressesOf(input: string, key: Key): readonly Press[] {
  if (key.eventType === 'release') return [];
  if (key.tab) return [{ name: key.shift ? 'shift+tab' : 'tab', text: '' }];
  const special = SPECIAL.find(([flag]) => key[flag]);
  if (special) return [{ name: special[1], text: '' }];
  if (key.ctrl) return [{ name: `ctrl+${input}`, text: '' }];
  return key.meta ? [{ name: `alt+${input}`, text: '' }] : split(input);
}

/** Pasted text is typed as one line; a line break at its end does not press Enter. */
export function pasted(text: string): readonly Press[] {
  const line = plainText(text).trim();
  return line === '' ? [] : [{ name: 'paste', text: line }];
}
