// The part of a typed text that is in view.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fieldWindow } from '../../../../../src/ui/ink/components/text-field.tsx';
import { characters } from '../../../../../src/ui/ink/keys/text-edit.ts';

describe('a text field', () => {
  it('never takes more columns than it has, wherever the caret is', () => {
    const signs = characters('./シナリオ/日本語🛒🛒-scenario.json');
    for (let width = 3; width < 40; width++) {
      for (let caret = 0; caret <= signs.length; caret++) {
        const { before, after } = fieldWindow(signs, caret, width);
        // The caret takes one column.
        expect(stringWidth(before) + 1 + stringWidth(after)).toBeLessThanOrEqual(width);
        expect(signs.slice(0, caret).join('').endsWith(before)).toBe(true);
        expect(signs.slice(caret).join('').startsWith(after)).toBe(true);
      }
    }
  });
  it('shows the whole text when it fits', () => {
    expect(fieldWindow(characters('日本'), 1, 5)).toEqual({ before: '日', after: '本' });
  });
});
