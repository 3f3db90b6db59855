// The windows that Tune zooms to.
import { describe, expect, it } from 'vitest';
import { zoomWindows } from '../../../../src/ui/text/tune-zoom.ts';
import type { Forecast } from '../../../../src/wizard/services.ts';

describe('zoom', () => {
  const forecast = (startMs: number, endMs: number, demoDay: string, dayStartMs: number): Forecast => ({
    ...{
      demoDay,
      demoDayStartMs: dayStartMs,
      key: 'k',
      timeZone: 'Europe/Berlin',
      startMs,
      endMs,
      documents: 0,
      bytes: 0,
      omitted: [],
    },
    incidents: [
      {
        id: 'a',
        title: 'A',
        type: 'memory_pressure',
        preset: 'a',
        startMs: endMs - 7_200_000,
        endMs: endMs - 6_600_000,
        recoveredMs: endMs - 6_000_000,
      },
    ],
    series: () => ({ tps: [], p95Ms: [] }),
  });
  it('begins the demo day where the forecast says that it begins', () => {
    const start = Date.parse('2026-10-20T00:00:00+02:00');
    const now = Date.parse('2026-10-26T16:00:00+01:00');
    const midnight = Date.parse('2026-10-26T00:00:00+01:00');
    const windows = zoomWindows(forecast(start, now, '2026-10-26', midnight), now);
    expect(windows.map(({ title }) => title)).toEqual(['All 7 days', 'Today', 'A']);
    expect(windows[1]?.fromMs).toBe(midnight);
  });
});

describe('a single day', () => {
  const startMs = Date.parse('2026-10-25T23:00:00Z');
  const endMs = startMs + 15 * 3_600_000;
  const day = {
    startMs,
    endMs,
    timeZone: 'Europe/Berlin',
    demoDay: '2026-10-26',
    demoDayStartMs: startMs,
    incidents: [],
  };

  it('is called so over its chart', () => {
    expect(zoomWindows(day as unknown as Forecast, endMs).map(({ title }) => title)).toEqual(['Full day']);
  });
});
