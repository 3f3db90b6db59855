// The summary of a data set: its schema and zone, and names in one style.
import { expect, it } from 'vitest';
import { summaryOf } from '../../../../src/core/dataset/summary.ts';
import { tallyOf } from '../../../../src/core/generate/index.ts';
import { planWith } from '../../../helpers/generated.ts';
import { testMeta } from '../../../helpers/run-meta.ts';

const plan = planWith({ days: 2, sample: 600, timeZone: 'Asia/Kathmandu' });
const summary = summaryOf({
  ...{ plan, part: undefined, meta: testMeta, command: 'x', files: [] },
  tally: tallyOf(plan),
});

it('says which schema the key has, and in which zone the shop lives', () => {
  expect(summary).toMatchObject({ schema: 2, time_zone: 'Asia/Kathmandu', profile: 'demo' });
});

/** Every name in a value, whatever its depth. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) => [name, ...namesIn(held)]);
}

it('names its fields in snake_case; error codes, servers and hours keep theirs', () => {
  const names = [...new Set(namesIn(summary))];
  const data = /^(?:[A-Z_]+|checkout-service-\d\d|\d{4}-\d\d-\d\dT[\d:.]+Z)$/;
  expect(names.filter((name) => !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(name) && !data.test(name))).toEqual(
    [],
  );
  expect(names).toContain('p95_response_ms');
});
