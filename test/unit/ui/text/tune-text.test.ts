// The estimate of Tune in words.
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { estimateWords } from '../../../../src/ui/text/tune-text.ts';
import { FORECAST } from '../../../helpers/fake-world.ts';

test.each([
  ['the default', 258_000, 6200],
  ['a large data set', 3_096_000, 28_000],
  ['every transaction', 15_480_000, 2100],
  ['every transaction of a month', 66_000_000, 24_000],
])('%s fits into a row of 80 columns, with the speed it is based on', (_, documents, documentsPerSecond) => {
  const forecast = { ...FORECAST, documents, bytes: documents * 1070 };
  for (const speed of [{ documentsPerSecond, from: 'trial' } as const, undefined]) {
    const words = estimateWords(forecast, speed);
    expect(words).toContain('docs/s');
    expect(stringWidth(words), words).toBeLessThanOrEqual(78);
  }
});
