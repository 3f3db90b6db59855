// Text from outside that must not steer a terminal.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canSteer, plainText, plainWords } from '../../../src/text/plain-text.ts';

describe('text from a cluster', () => {
  it('loses every control character and escape sequence', () => {
    expect(plainText('a\u001B[2Jb\u001B]52;c;ZXZpbA==\u0007c\u009B31md\re\n\u0000f')).toBe('abcd e f');
    expect(plainText('right\u202Eleft')).toBe('rightleft');
  });
  it('never holds one, whatever comes', () => {
    const nasty = fc
      .array(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u001B', '\u001B[', '\u001B]0;', '\u0007')),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(nasty, (text) => {
        expect(plainText(text)).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});

const STEERING = ['\u001b', '\u0007', '\u009b', '\u200b', '\u202e', '\u2066', '\ufeff', '\u0000', '\n'];

it.each(STEERING)('%j can steer a terminal, and is in no text that is shown', (character) => {
  const text = `a${character}b`;
  expect(canSteer(text)).toBe(true);
  expect(canSteer(plainText(text))).toBe(false);
  expect(canSteer(plainWords(text))).toBe(false);
  // The pattern keeps no position from one text to the next.
  expect(canSteer(text)).toBe(true);
});

it.each(['plain', 'Zürich 東京', 'é\u0301', '👩‍🚒'.replaceAll('\u200d', '')])('%s steers nothing', (text) => {
  expect(canSteer(text)).toBe(false);
  expect(plainText(text)).toBe(text);
});
