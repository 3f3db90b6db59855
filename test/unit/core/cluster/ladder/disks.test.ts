import { expect, test } from 'vitest';
import { minFreeBytes } from '../../../../../src/core/cluster/ladder/disks.ts';

test.each([
  ['95%', 1000, 50],
  ['0.9', 1000, 100],
  ['500mb', 1e12, 500 * 1024 * 1024],
  ['1gb', 1e12, 1024 ** 3],
  ['', 1000, 0],
  ['nonsense', 1000, 0],
])('a watermark of %j on a disk of %i keeps %i bytes free', (mark, total, free) => {
  expect(minFreeBytes(mark, total)).toBeCloseTo(free);
});
