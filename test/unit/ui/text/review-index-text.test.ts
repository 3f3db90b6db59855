// What is told of an index.
import { describe, expect, it } from 'vitest';
import type { RunMeta } from '../../../../src/core/cluster/indexes/run-meta.ts';
import { doubledDays, indexLines, indexOptions } from '../../../../src/ui/text/review-index-text.ts';
import { FORECAST, indexState } from '../../../helpers/fake-world.ts';

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

describe('days that adding would double', () => {
  const forecast = {
    ...FORECAST,
    key: 'k2',
    startMs: Date.parse('2026-11-22T00:00:00Z'),
    endMs: Date.parse('2026-11-24T16:15:00Z'),
    timeZone: 'UTC',
  };
  const there = (first: string, last: string) => ({
    ...indexState('demo', 5),
    span: { firstMs: Date.parse(first), lastMs: Date.parse(last) },
  });

  it.each([
    ['2026-11-20T00:00:00Z', '2026-11-23T12:00:00Z', 'Sun 22 Nov to Mon 23 Nov'],
    ['2026-11-24T15:00:00Z', '2026-11-30T00:00:00Z', 'Tue 24 Nov'],
    ['2026-11-24T16:15:00Z', '2026-11-30T00:00:00Z', ''],
    ['2026-11-01T00:00:00Z', '2026-11-21T23:59:59Z', ''],
  ])('%s to %s: %s', (first, last, days) => {
    expect(doubledDays(there(first, last), forecast)).toBe(days);
  });

  it('are days of the shop', () => {
    const index = there('2026-11-23T22:30:00Z', '2026-11-23T22:40:00Z');
    expect(doubledDays(index, { ...forecast, timeZone: 'Europe/Berlin' })).toBe('Mon 23 Nov');
    expect(doubledDays(index, { ...forecast, timeZone: 'Europe/Kyiv' })).toBe('Tue 24 Nov');
  });

  it('are named beside the choice; none where the data is the same or its times are not known', () => {
    const hint = (index: ReturnType<typeof indexState>) =>
      indexOptions(index, undefined, forecast, undefined).find(({ choice }) => choice === 'append')?.hint;
    const index = there('2026-11-23T00:00:00Z', '2026-11-23T01:00:00Z');
    expect(hint(index)).toBe('doubles Mon 23 Nov');
    expect(hint(indexState('demo', 5))).toBe('the index then holds both data sets');
    const same = { ...index, meta: { ...index.meta, key: forecast.key } as RunMeta };
    expect(hint(same)).toBe('does not duplicate existing documents');
  });
});
