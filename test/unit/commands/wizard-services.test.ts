// What the real services tell the wizard about the data.
import { expect, it } from 'vitest';
import { realServices } from '../../../src/commands/wizard-services.ts';
import { defaultSettings } from '../../../src/options/table.ts';

it('a forecast knows when the demo day begins, also after a day of 25 hours', async () => {
  const directories = { cache: '/nowhere', config: '/nowhere', state: '/nowhere' };
  const { loadPlanner } = realServices({
    ...{ program: 'incident-demo', version: '0', environment: {}, directories, presetFiles: [] },
  });
  const { forecast } = await loadPlanner();
  // Berlin leaves summer time on 25 October 2026.
  const nowMs = Date.parse('2026-10-26T16:00:00+01:00');
  const settings = { ...defaultSettings(), seed: 7, timeZone: 'Europe/Berlin', demoDay: '2026-10-26' };
  const { demoDayStartMs } = forecast({ settings, presets: [], nowMs });
  expect(demoDayStartMs).toBe(Date.parse('2026-10-26T00:00:00+01:00'));
});
