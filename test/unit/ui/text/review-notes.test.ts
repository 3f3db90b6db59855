// What an index has from templates and policies stands on Review, whether it exists or not.
import { expect, test } from 'vitest';
import { reviewFacts } from '../../../../src/ui/text/review-text.ts';
import { begin } from '../../../../src/wizard/begin.ts';
import { reduce } from '../../../../src/wizard/reducer.ts';
import { FORECAST, INDEX, indexState, NOW_MS, wizardSettings } from '../../../helpers/fake-world.ts';

const NOTE = 'The ingest pipeline rewrites of demo changes ip_address\u001b[2J';

test.each([true, false])('exists: %s', (exists) => {
  const { state } = begin(
    { settings: wizardSettings(), password: undefined, random: 0, unfinished: [] },
    NOW_MS,
  );
  const review = {
    ...state,
    forecast: { state: 'ready', forecast: FORECAST },
    step: { name: 'review', view: 'summary', advanceWhenReady: false },
    indexStatus: { state: 'looking', sinceMs: NOW_MS },
  } as const;
  const index = { ...indexState(INDEX, 5), exists, notes: [NOTE] };
  const { state: known } = reduce(review, { type: 'index-state', index }, NOW_MS);
  const facts = reviewFacts(known).find(({ label }) => label === 'Index');
  expect(facts?.lines).toContain('The ingest pipeline rewrites of demo changes ip_address');
  expect(facts?.short).toContain('The ingest pipeline rewrites of demo changes ip_address');
});
