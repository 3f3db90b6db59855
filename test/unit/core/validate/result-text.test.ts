import { describe, expect, it } from 'vitest';
import { expectedText, foundInWords, foundText } from '../../../../src/core/validate/result-text.ts';

const measured = (found: string, expected: string, unit?: 'ms' | '%') => ({
  found,
  expected,
  ...(unit ? { unit } : {}),
});

describe('the numbers of a check', () => {
  it('are rounded, grouped and carry their unit', () => {
    const slow = measured('30031.4', 'at least 5000', 'ms');
    expect([expectedText(slow), foundText(slow), foundInWords(slow)]).toEqual([
      'at least 5,000 ms',
      '30,031 ms',
      '30 s',
    ]);
    const calm = measured('311.6', 'from 200 to 420', 'ms');
    expect([expectedText(calm), foundText(calm), foundInWords(calm)]).toEqual([
      'from 200 to 420 ms',
      '312 ms',
      '312 ms',
    ]);
    expect(foundInWords(measured('8912.3', 'at least 5000', 'ms'))).toBe('8.9 s');
    expect(foundText(measured('98', 'exactly 98', '%'))).toBe('98 %');
  });

  it('have no unit when they are counts', () => {
    const count = measured('273323', 'exactly 273323');
    expect([expectedText(count), foundText(count)]).toEqual(['exactly 273,323', '273,323']);
  });

  it('are left alone in sentences, where years and ids stand too', () => {
    for (const text of ['nothing', '2026-03-14T10:00:00.000Z has 3 documents and not 4', 'green or yellow'])
      expect(foundText(measured(text, text, 'ms'))).toBe(text);
  });
});
