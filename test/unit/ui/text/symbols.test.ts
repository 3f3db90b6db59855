// Signs, and the ASCII ones in their place.
import { describe, expect, it } from 'vitest';
import { needsAscii, SYMBOLS, toAscii } from '../../../../src/ui/text/symbols.ts';

describe('ASCII', () => {
  it('has a sign of the same width for each of ours', () => {
    const signs = Object.values(SYMBOLS).join('');
    expect(toAscii(`${signs}≈ × → ↑↓ ╭╮╰╯┤┼`)).toMatch(/^[\x20-\x7E]+$/);
    expect(toAscii(signs).length).toBe(signs.length);
  });
  it('is used where the locale does not promise more', () => {
    expect([
      needsAscii({ LANG: 'C.UTF-8' }),
      needsAscii({ LANG: 'C' }),
      needsAscii({}),
      needsAscii({ LC_ALL: 'C', LANG: 'de_DE.UTF-8' }),
    ]).toEqual([false, true, true, true]);
  });
});
