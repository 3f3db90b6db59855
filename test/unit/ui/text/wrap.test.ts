// Wrapping, padding and cutting, by the columns that a text takes on a screen.
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fitLines, inColumns, wrapText } from '../../../../src/ui/text/wrap.ts';

const CLUSTER = '東京の検索クラスタ production 注文データ';
const word = fc.stringMatching(/^([a-z]{1,30}|[ぁ-ん]{1,12}|🛒{1,5})$/u);

describe('wrapping', () => {
  it('keeps every word and every width, also of signs that take two columns', () => {
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 2, max: 60 }), (words, width) => {
        const rows = wrapText(words.join(' '), width);
        for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(width);
        expect(rows.join('').replaceAll(' ', '')).toBe(words.join(''));
      }),
    );
  });
  it('counts columns, not characters', () => {
    for (const row of wrapText(CLUSTER, 20)) expect(stringWidth(row)).toBeLessThanOrEqual(20);
    for (const row of fitLines([CLUSTER], 12, 2)) expect(stringWidth(row)).toBeLessThanOrEqual(12);
  });
  it.each([
    ['p95 jumps to 30 s.', 16, ['p95 jumps to', '30 s.']],
    ['about 1,200 docs/s here', 12, ['about', '1,200 docs/s', 'here']],
    ['errors are 29.7 % of all', 14, ['errors are', '29.7 % of all']],
    ['20 / s at least', 14, ['20 / s at', 'least']],
    ['12 servers are up', 3, ['12', 'ser', 'ver', 's', 'are', 'up']],
  ])('keeps a number and its unit together: %s', (text, width, rows) => {
    expect(wrapText(text, width)).toEqual(rows);
  });

  it('breaks an address behind a slash or a comma, and never inside a time that fits', () => {
    const address = "/app/discover#/?_g=(time:(from:'2026-11-24T14:15:00.000Z',to:'x'))";
    const rows = wrapText(address, 40);
    expect(rows.join('')).toBe(address);
    expect(rows.some((row) => row.includes("'2026-11-24T14:15:00.000Z'"))).toBe(true);
  });

  it('breaks at spaces, but not at no-break spaces, which come out as spaces', () => {
    expect(wrapText('12\u00A0docs/s · 7\u00A0MB/s', 11)).toEqual(['12 docs/s ·', '7 MB/s']);
  });
  it('gives an empty text one empty row', () => {
    expect(wrapText('', 10)).toEqual(['']);
  });
  it('says with an ellipsis that something is left out', () => {
    expect(fitLines(['one two three four'], 9, 1)).toEqual(['one two…']);
    expect(fitLines(['exactly 9 more'], 9, 1)).toEqual(['exactly …']);
    expect(fitLines(['one', 'two'], 9, 2)).toEqual(['one', 'two']);
  });
});

describe('a text in so many columns', () => {
  it('takes exactly these, whatever signs it has', () => {
    for (const text of ['short', CLUSTER, '🛒 cart', '']) expect(stringWidth(inColumns(text, 8))).toBe(8);
    expect(inColumns('one two three', 8)).toBe('one two…');
  });
});
