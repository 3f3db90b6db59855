import { expect, test } from 'vitest';
import { giveBackMemory } from '../../../src/commands/give-back-memory.ts';

/** What the test runner itself may take or give back meanwhile, bytes. */
const SLACK = 16 << 20;

test('what is no longer used is gone at once', () => {
  giveBackMemory();
  const before = process.memoryUsage().arrayBuffers;
  let held: Uint8Array | undefined = new Uint8Array(64 << 20).fill(1);
  expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(held.length - SLACK);
  held = undefined;
  giveBackMemory();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(SLACK);
});
