// What came from the keyboard, as named keys: one press each, however it was chunked.
import type { Key } from 'ink';
import { plainText } from '../../../text/plain-text.ts';

export interface KeyPress {
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
export function keyOf(sign: string): KeyPress {
  return { name: sign === ' ' ? 'space' : sign, text: sign };
}

function typed(text: string): KeyPress[] {
  const clean = plainText(text);
  if (clean === '') return [];
  return [clean.length === 1 ? keyOf(clean) : { name: 'text', text: clean }];
}

/** Keys that a terminal sends as one control character. Escape is not here: Ink takes its sequences apart itself. */
const CONTROL = /(\r\n|[\u0001-\u001A\u007F])/;
const CONTROL_NAMES: Readonly<Record<string, string>> = {
  '\r\n': 'enter',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007F': 'backspace',
};

/** `ctrl+a` for U+0001 up to `ctrl+z`, but for those that are keys of their own. */
function controlPress(sign: string): KeyPress {
  const letter = () => String.fromCharCode(sign.charCodeAt(0) + 0x60);
  return { name: CONTROL_NAMES[sign] ?? `ctrl+${letter()}`, text: '' };
}

/** Fast typing may arrive as one string with control keys inside it: `hello\r`, or Ctrl+U and a new text. */
function split(input: string): KeyPress[] {
  // What is caught by the group of the pattern stands at every odd place.
  return input.split(CONTROL).flatMap((part, at) => (at % 2 === 1 ? [controlPress(part)] : typed(part)));
}

/** The presses in one report of Ink. */
export function pressesOf(input: string, key: Key): readonly KeyPress[] {
  if (key.eventType === 'release') return [];
  if (key.tab) return [{ name: key.shift ? 'shift+tab' : 'tab', text: '' }];
  const special = SPECIAL.find(([flag]) => key[flag]);
  if (special) return [{ name: special[1], text: '' }];
  if (key.ctrl) return [{ name: `ctrl+${input}`, text: '' }];
  return key.meta ? [{ name: `alt+${input}`, text: '' }] : split(input);
}

/** Pasted text is typed as one line; a line break at its end does not press Enter. */
export function pasted(text: string): readonly KeyPress[] {
  const line = plainText(text).trim();
  return line === '' ? [] : [{ name: 'paste', text: line }];
}
