// What is told of an index.
import { describe, expect, it } from 'vitest';
import type { RunMeta } from '../../../../src/core/cluster/indexes/run-meta.ts';
import { indexLines } from '../../../../src/ui/text/review-index-text.ts';
import { indexState } from '../../../helpers/fake-world.ts';

describe('a single day', () => {
  it('is called so where it was loaded', () => {
    const parameters = { days: 1, sample: 600 };
    const { meta, ...index } = indexState('demo', 5);
    const words = (changed: object) =>
      indexLines({ ...index, meta: { ...meta, parameters: changed } as RunMeta }, undefined).join('\n');
    expect(words(parameters)).toContain('planned now: 1 day, one session in 600, seed 99');
    expect(words({})).toContain('planned now: ? days, one session in ?, seed 99');
  });
});
