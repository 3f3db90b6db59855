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
    expect(words(parameters)).toContain('the plan: 1 day, 1 in 600 sessions, seed 99');
    expect(words({})).toContain('the plan: ? days, 1 in ? sessions, seed 99');
  });
});
