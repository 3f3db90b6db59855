// Wrapping.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLines, wrapText } from '../../../../src/ui/text/wrap.ts';

describe('wrapping', () => {
  it('keeps every word and every width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,30}$/)),
        fc.integer({ min: 1, max: 60 }),
        (words, width) => {
          const rows = wrapText(words.join(' '), width);
          for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
          expect(rows.join('').replaceAll(' ', '')).toBe(words.join(''));
        },
      ),
    );
  });
  it('says with an ellipsis that something is left out', () => {
    expect(fitLines(['one two three four'], 9, 1)).toEqual(['one two…']);
    expect(fitLines(['one', 'two'], 9, 2)).toEqual(['one', 'two']);
  });
});
