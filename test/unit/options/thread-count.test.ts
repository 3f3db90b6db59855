import { expect, it } from 'vitest';
import { threadsFor } from '../../../src/options/thread-count.ts';

it('threads start only where there is much to generate and a core to spare', () => {
  expect(threadsFor(270_000, 'load', 16)).toBe(0);
  expect(threadsFor(16_000_000, 'load', 2)).toBe(0);
  expect(threadsFor(16_000_000, 'load', 4)).toBe(1);
  expect(threadsFor(16_000_000, 'generate', 3)).toBe(2);
  expect(threadsFor(16_000_000, 'generate', 64)).toBe(3);
});
