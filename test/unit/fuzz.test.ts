// The short form of `npm run fuzz`.
import { expect, test } from 'vitest';
import { TARGETS } from '../fuzz/targets.ts';

test.each(TARGETS)('$name takes whatever comes', ({ fuzz }) => {
  expect(() => fuzz(2000, 1)).not.toThrow();
});
