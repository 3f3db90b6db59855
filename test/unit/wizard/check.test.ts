// The checks alone: they end with what belongs to the index that was checked.
import { expect, it } from 'vitest';
import { begin } from '../../../src/wizard/begin.ts';
import { demoOf } from '../../../src/wizard/demo.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { FORECAST, finished, INDEX, indexState, NOW_MS, wizardSettings } from '../../helpers/fake-world.ts';

const first = begin(
  { settings: wizardSettings(), password: undefined, random: 0, unfinished: [] },
  NOW_MS,
).state;
const url = 'http://localhost:5601';

/** At an index that exists, while the dashboards of another one are being installed. */
const met: WizardState = {
  ...first,
  forecast: { state: 'ready', forecast: FORECAST },
  step: { name: 'review', view: 'index', advanceWhenReady: false },
  indexStatus: { state: 'taken', index: indexState(INDEX, 5) },
  dashboards: { state: 'installing', url },
};

it('end what is under way for another index, and forget its Dashboards', () => {
  const { state, effects } = reduce(met, { type: 'index-choice', choice: 'checks' }, NOW_MS);
  expect(state.dashboards).toEqual({ state: 'unknown' });
  expect(effects.map(({ type }) => type)).toEqual(['cancel', 'plan-index', 'validate-index']);
  expect(effects[0]).toMatchObject({ effects: expect.arrayContaining(['install-dashboards']) });
});

it('present the plan that the index remembers, and nothing while that is not known', () => {
  const { state } = reduce(met, { type: 'index-choice', choice: 'checks' }, NOW_MS);
  expect(demoOf(state)).toBeUndefined();
  const demo = { forecast: { ...FORECAST, timeZone: 'Asia/Tokyo' }, presets: [] };
  const planned = reduce(state, { type: 'index-plan', demo }, NOW_MS).state;
  const ended = reduce(planned, { type: 'run', event: finished() }, NOW_MS).state;
  expect(demoOf(ended)).toBe(demo);
  expect(demoOf(met)?.forecast).toBe(FORECAST);
});
