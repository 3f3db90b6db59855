// The ticks of a time axis: round times in the zone of the data.
import { describe, expect, it } from 'vitest';
import { tickRow } from '../../../../src/ui/text/chart.ts';
import { elapsedTicks, timeTicks } from '../../../../src/ui/text/time-axis.ts';

const at = (iso: string) => Date.parse(iso);
const labels = (from: string, to: string, zone: string, width: number) =>
  timeTicks({ fromMs: at(from), toMs: at(to) }, zone, width).map(({ label }) => label);

describe('the time axis', () => {
  it('names the days of a week, in a narrow chart too', () => {
    const week = ['Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue'];
    for (const width of [36, 40, 80])
      expect(labels('2026-11-18T00:00:00Z', '2026-11-24T16:15:00Z', 'UTC', width)).toEqual(week);
  });

  it('has a tick at each midnight of the zone, whatever the clock does', () => {
    // The clocks go back on 25 October.
    const ticks = timeTicks(
      { fromMs: at('2026-10-22T22:00:00Z'), toMs: at('2026-10-27T12:00:00Z') },
      'Europe/Berlin',
      60,
    );
    expect(ticks.map(({ atMs }) => new Date(atMs).toISOString().slice(5, 16))).toEqual([
      ...['10-22T22:00', '10-23T22:00', '10-24T22:00', '10-25T23:00', '10-26T23:00'],
    ]);
  });

  it('has round times in half an hour around an incident, also where the zone is off by 45 minutes', () => {
    expect(labels('2026-11-24T13:55:00Z', '2026-11-24T15:20:00Z', 'UTC', 30)).toEqual([
      ...['14:00', '14:30', '15:00'],
    ]);
    const nepal = labels('2026-11-24T13:55:00Z', '2026-11-24T15:20:00Z', 'Asia/Kathmandu', 30);
    expect(nepal).toEqual(['20:00', '20:30', '21:00']);
  });

  it('names dates where the days are many', () => {
    const quarter = labels('2026-08-27T00:00:00Z', '2026-11-24T16:00:00Z', 'UTC', 80);
    expect(quarter[0]).toBe('27 Aug');
    expect(quarter.length).toBeGreaterThan(4);
    expect(quarter.length).toBeLessThan(12);
  });

  it.each([28, 40, 78, 110])('has room for every label in %d columns', (width) => {
    for (const from of [
      '2026-11-24T14:00:00Z',
      '2026-11-24T00:00:00Z',
      '2026-11-18T00:00:00Z',
      '2026-09-01T00:00:00Z',
    ]) {
      const window = { fromMs: at(from), toMs: at('2026-11-24T16:15:00Z') };
      const ticks = timeTicks(window, 'UTC', width);
      const row = tickRow(ticks, window, width);
      // The last one may begin too close to the edge.
      for (const { label } of ticks.slice(0, -1)) expect(row).toContain(label);
    }
  });

  it('counts the seconds of a load, then its minutes', () => {
    const of = (toMs: number) => elapsedTicks({ fromMs: 1200, toMs }, 78).map(({ label }) => label);
    expect(of(11_200)).toEqual(['2 s', '4 s', '6 s', '8 s', '10 s']);
    expect(of(400_000)).toEqual(['1 min', '2 min', '3 min', '4 min', '5 min', '6 min']);
  });
});
