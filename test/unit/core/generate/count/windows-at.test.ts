// Which windows hold a moment, also where incidents overlap.
import { describe, expect, it } from 'vitest';
import { WindowsAt } from '../../../../../src/core/generate/count/windows-at.ts';
import type { Plan } from '../../../../../src/core/plan/index.ts';

const incidents = [
  { startMs: 100, endMs: 200, recoveredMs: 300 },
  { startMs: 150, endMs: 250, recoveredMs: 260 },
  { startMs: 400, endMs: 500, recoveredMs: 600 },
];
/** `0i 1r`: the incident of the first and the recovery of the second. */
const windows = new WindowsAt({ incidents } as unknown as Plan);
const at = (ms: number) =>
  windows
    .at(ms)
    .map(({ incident, phase }) => `${incident}${phase[0]}`)
    .join(' ');

describe('the windows at a moment', () => {
  const BY_HAND: readonly (readonly [number, string])[] = [
    [0, ''],
    [99, ''],
    [100, '0i'],
    [149, '0i'],
    [150, '0i 1i'],
    [200, '0r 1i'],
    [250, '0r 1r'],
    [259, '0r 1r'],
    [260, '0r'],
    [300, ''],
    [400, '2i'],
    [599, '2r'],
    [600, ''],
  ];
  it.each(BY_HAND)('at %d are "%s"', (ms, expected) => {
    expect(at(ms)).toBe(expected);
  });
  it('are the same when moments are asked for backwards', () => {
    for (const [ms, expected] of BY_HAND.toReversed()) expect(at(ms)).toBe(expected);
  });
});
