import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../../src/core/events.ts';
import { outcomeLines } from '../../../../src/ui/text/check-text.ts';

const slowest: CheckResult = {
  id: 'memory-pressure/slowest',
  title: 'Memory pressure: Slowest transaction',
  ok: true,
  expected: 'exactly 22657',
  found: '22657',
  unit: 'ms',
  query: { method: 'GET', path: 'demo/_search' },
  ms: 12.4,
};

describe('a check on a screen', () => {
  it('shows its numbers with their unit, where the event has them plain', () => {
    const [expected, found] = outcomeLines(slowest);
    expect(expected).toMatch(/exactly 22,657 ms$/);
    expect(found).toMatch(/22,657 ms$/);
    const [, other] = outcomeLines({ ...slowest, ok: false, found: '22656' });
    expect(other).toContain('22,656 ms');
  });
});
