// What is not at its default, the way back to the defaults, and the line that repeats a run.
import { expect, it } from 'vitest';
import type { Settings } from '../../../src/options/settings.ts';
import { repeatCommand } from '../../../src/ui/text/review-text.ts';
import { begin } from '../../../src/wizard/begin.ts';
import { changedOptions, mayRestoreDefaults } from '../../../src/wizard/defaults.ts';
import type { Effect } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import { fakeServices } from '../../helpers/fake-services.ts';
import { fakeCluster, INDEX, NOW_MS, noIndex, wizardSettings } from '../../helpers/fake-world.ts';
import { ROADS } from '../../helpers/wizard-history.ts';

const NOW = '2026-03-14T16:00:00.000Z';

/** Review with these settings, the index not being there. */
function reviewing(settings: Partial<Settings>) {
  const { state } = begin({ settings: wizardSettings(settings), random: 0 }, NOW_MS);
  const free = { type: 'index-state', index: noIndex(INDEX) } as const;
  return [...ROADS.review, free].reduce((each, event) => reduce(each, event, NOW_MS).state, state);
}

it('names each value that is not the default, and none of how the program talks', () => {
  const named = (settings: Partial<Settings>) =>
    changedOptions(wizardSettings(settings)).map(({ flag }) => flag);
  expect(named({})).toEqual([]);
  expect(named({ seed: 1, plain: true, color: false, logFile: 'x', index: 'other' })).toEqual([]);
  const data = { days: 3, errorRateNormal: { min: 0, max: 1 }, profile: 'graded', labelDocuments: true };
  expect(named({ ...data, profile: 'graded', now: NOW, demoDay: '2026-03-14' })).toEqual([
    ...['days', 'error-rate-normal', 'profile', 'label-documents', 'now', 'demo-day'],
  ]);
  expect(named({ caFile: 'ca.pem', allowHttp: true, outputDir: 'x', part: { index: 1, of: 2 } })).toEqual([
    ...['ca-file', 'allow-http', 'output-dir', 'part'],
  ]);
});

it('goes back to the defaults of the data, at the present time, and keeps the rest', () => {
  const before = reviewing({ days: 3, sample: 10, now: NOW, outputDir: 'x', seed: 5, presets: ['none'] });
  const later = NOW_MS + 60_000;
  const { state, effects } = reduce(before, { type: 'defaults' }, later);
  expect(state.answers.settings).toEqual(wizardSettings({ outputDir: 'x', seed: 5, presets: ['none'] }));
  expect(state.nowMs).toBe(later);
  const asked = effects.find(
    (effect): effect is Extract<Effect, { type: 'forecast' }> => effect.type === 'forecast',
  );
  expect(asked?.request).toMatchObject({ nowMs: later, settings: { days: 7, sample: 60, now: undefined } });
  expect(mayRestoreDefaults(state)).toBe(false);
});

it('repeats the same run on another day and another machine', () => {
  const services = fakeServices(fakeCluster());
  const state = reviewing({ timeZone: undefined });
  const planned = state.forecast.state === 'ready' ? state.forecast.forecast.timeZone : 'none';
  const line = repeatCommand(state, services);
  expect(line).toContain(` --now ${new Date(state.nowMs).toISOString()} `);
  expect(line).toContain(` --time-zone ${planned} `);
  expect(repeatCommand(reviewing({ now: NOW, timeZone: 'Europe/Kyiv' }), services)).toContain(
    ` --now ${NOW} --time-zone Europe/Kyiv `,
  );
});
