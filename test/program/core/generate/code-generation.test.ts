import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../../../dist/cli.js', import.meta.url));
const FORBID = '--disallow-code-generation-from-strings';
const GENERATE = [
  'generate',
  '--stdout',
  '--seed',
  '7',
  '--days',
  '1',
  '--now',
  '2026-03-14T20:00:00Z',
  '--time-zone',
  'UTC',
];

const node = (...words: string[]) => spawnSync(process.execPath, words, { maxBuffer: 1 << 30 });

test('the program generates the same bytes where Node forbids code from strings', () => {
  expect(node(FORBID, '-e', 'new Function("")').stderr.toString()).toContain('EvalError');
  const usual = node(CLI, ...GENERATE);
  const forbidden = node(FORBID, CLI, ...GENERATE);
  expect([usual.status, forbidden.status]).toEqual([0, 0]);
  expect(usual.stdout.length).toBeGreaterThan(10_000_000);
  expect(forbidden.stdout.equals(usual.stdout)).toBe(true);
});
