// What edits a line.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyPress } from '../../../../../src/ui/ink/keys/key-press.ts';
import { characters, draftOf, EDIT_KEYS, editText } from '../../../../../src/ui/ink/keys/text-edit.ts';

const press = (name: string): KeyPress => ({
  name,
  text: name.length === 1 ? name : name === 'space' ? ' ' : '',
});

describe('editing a line', () => {
  const edit = (text: string, ...names: string[]) =>
    names.reduce((draft, name) => editText(draft, press(name)), draftOf(text));
  it('knows the keys of a shell', () => {
    expect(edit('one two', 'ctrl+w').text).toBe('one ');
    expect(edit('one two', 'ctrl+a', 'ctrl+d').text).toBe('ne two');
    expect(edit('one two', 'home', 'right', 'ctrl+k').text).toBe('o');
    expect(edit('one two', 'left', 'left', 'left', 'ctrl+u').text).toBe('two');
    expect(edit('ac', 'left', 'b')).toEqual({ text: 'abc', caret: 2 });
  });
  it('never cuts a character in two', () => {
    expect(edit('a👨‍👩‍👧é', 'backspace', 'backspace').text).toBe('a');
  });
  it('keeps the caret inside, whatever is pressed', () => {
    const keys = fc.constantFrom(...EDIT_KEYS, 'x', 'é', 'space');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(keys), (text, names) => {
        const { text: end, caret } = edit(text, ...names);
        expect(caret).toBeGreaterThanOrEqual(0);
        expect(caret).toBeLessThanOrEqual(characters(end).length);
      }),
    );
  });
});
