// Times in words.
import { describe, expect, it } from 'vitest';
import {
  dashboardsTime,
  dayWords,
  momentWords,
  presetWindowWords,
  windowWords,
} from '../../../../src/ui/text/when.ts';

describe('times', () => {
  const start = Date.parse('2026-11-24T13:25:00Z');
  it('are told in the zone of the shop, with the day in words', () => {
    expect(windowWords(start, start + 600_000, 'Europe/Berlin', '2026-11-24')).toBe(
      'today, Tue 24 Nov 14:25-14:35',
    );
    expect(momentWords(start, 'America/New_York')).toBe('Tue 24 Nov 08:25');
    expect(dashboardsTime(start, 'Europe/Berlin')).toBe('Nov 24, 2026 @ 14:25:00.000');
  });
  it('name the days near today', () => {
    const days = ['2026-11-25', '2026-11-24', '2026-11-23', '2026-11-22'];
    expect(days.map((day) => dayWords(day, '2026-11-24'))).toEqual([
      'tomorrow, Wed 25 Nov',
      'today, Tue 24 Nov',
      'yesterday, Mon 23 Nov',
      'Sun 22 Nov',
    ]);
  });
  it('follow the demo day back over the end of a month', () => {
    const window = { days_before: 2, start: '18:30', end: '18:45' };
    expect(presetWindowWords(window, '2026-03-01', '2026-03-02')).toBe('Fri 27 Feb 18:30-18:45');
  });
});
