// What the planner tells the wizard about the data.
import { expect, it } from 'vitest';
import { loadPlanner } from '../../../src/commands/wizard-planner.ts';
import { defaultSettings } from '../../../src/options/table.ts';

it('a forecast knows when the demo day begins, also after a day of 25 hours', async () => {
  const { forecast } = await loadPlanner([]);
  // Berlin leaves summer time on 25 October 2026.
  const nowMs = Date.parse('2026-10-26T16:00:00+01:00');
  const settings = { ...defaultSettings(), seed: 7, timeZone: 'Europe/Berlin', demoDay: '2026-10-26' };
  const { demoDayStartMs } = forecast({ settings, presets: [], nowMs });
  expect(demoDayStartMs).toBe(Date.parse('2026-10-26T00:00:00+01:00'));
});
