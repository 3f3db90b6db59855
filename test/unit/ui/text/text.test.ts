// Words, numbers, times and charts that every front shares.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunMeta } from '../../../../src/core/cluster/indexes/run-meta.ts';
import { plainText } from '../../../../src/text/plain-text.ts';
import { axisRow, chart, chartPoints, markRow, niceTop } from '../../../../src/ui/text/chart.ts';
import { axisNumber, bytes, count, duration, percent, roughly } from '../../../../src/ui/text/format.ts';
import { indexLines } from '../../../../src/ui/text/index-text.ts';
import { needsAscii, SYMBOLS, toAscii } from '../../../../src/ui/text/symbols.ts';
import {
  dashboardsTime,
  dayWords,
  momentWords,
  presetWindowWords,
  windowWords,
} from '../../../../src/ui/text/when.ts';
import { fitLines, wrapText } from '../../../../src/ui/text/wrap.ts';
import { zoomWindows } from '../../../../src/ui/text/zoom.ts';
import type { Forecast } from '../../../../src/wizard/services.ts';
import { indexState } from '../../../helpers/ink-services.ts';

const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, 1e12),
  fc.integer(),
);

describe('chart', () => {
  it('always has exactly the rows and columns asked for', () => {
    fc.assert(
      fc.property(
        fc.array(anyNumber, { maxLength: 300 }),
        fc.integer({ min: 0, max: 160 }),
        fc.integer({ min: 0, max: 40 }),
        (values, width, height) => {
          const rows = chart({ values, width, height, top: 1 });
          expect(rows.length).toBe(height);
          for (const row of rows) expect(Array.from(row).length).toBe(width);
        },
      ),
    );
  });

  it('keeps a single spike in view', () => {
    const values = Array.from({ length: 500 }, (_, place) => (place === 250 ? 30_000 : 300));
    const [first = '', second = ''] = chart({ values, width: 46, height: 6, top: 1000 });
    expect(first + second).toMatch(/[╭╮]/);
  });

  it('draws a constant series as one line at its height', () => {
    const rows = chart({ values: [20, 20, 20], width: 20, height: 5, top: 40 });
    expect(rows[2]).toContain('20');
    expect(rows[2]).toMatch(/─{13}$/);
  });

  it('labels each row with a round number', () => {
    expect(niceTop(26_000, 4)).toBe(32_000);
    expect(niceTop(57, 6)).toBe(60);
    expect(niceTop(0, 4)).toBeGreaterThan(0);
  });
});

describe('the row of marks', () => {
  const window = { fromMs: 0, toMs: 100 };
  it('is as wide as the chart and marks what it touches, however short', () => {
    const width = 56;
    const row = markRow([{ startMs: 50, endMs: 51 }], window, width, '^');
    expect(row.length).toBe(width);
    expect(row.indexOf('^')).toBe(6 + 25);
  });
  it('leaves out what lies outside', () => {
    expect(
      markRow(
        [
          { startMs: -10, endMs: 0 },
          { startMs: 100, endMs: 200 },
        ],
        window,
        40,
        '^',
      ).trim(),
    ).toBe('');
  });
  it('and the axis fit every width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 200 }), (width) => {
        expect(axisRow({ from: 'Wed 18 Nov 00:00', middle: 'x', to: 'Tue 24 Nov 16:15' }, width).length).toBe(
          width,
        );
        expect(chartPoints(width)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('text from a cluster', () => {
  it('loses every control character and escape sequence', () => {
    expect(plainText('a\u001B[2Jb\u001B]52;c;ZXZpbA==\u0007c\u009B31md\re\n\u0000f')).toBe('abcd e f');
    expect(plainText('right\u202Eleft')).toBe('rightleft');
  });
  it('never holds one, whatever comes', () => {
    const nasty = fc
      .array(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u001B', '\u001B[', '\u001B]0;', '\u0007')),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(nasty, (text) => {
        expect(plainText(text)).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});

describe('numbers', () => {
  it('are said as a person says them', () => {
    expect([count(0), count(999), count(271_402), count(16_400_000)]).toEqual([
      '0',
      '999',
      '271,402',
      '16,400,000',
    ]);
    expect([roughly(271_438), roughly(12)]).toEqual(['≈ 271,400', '≈ 12']);
    expect([bytes(512), bytes(1_200), bytes(84_000_000), bytes(1_230_000_000)]).toEqual([
      '512 B',
      '1.2 kB',
      '84 MB',
      '1.2 GB',
    ]);
    expect([
      duration(850),
      duration(12_000),
      duration(60_000),
      duration(200_000),
      duration(7_500_000),
    ]).toEqual(['850 ms', '12 s', '1 min', '3 min 20 s', '2 h 5 min']);
    expect([axisNumber(0), axisNumber(7.5), axisNumber(950), axisNumber(12_000), axisNumber(1.5e6)]).toEqual([
      '0',
      '7.5',
      '950',
      '12k',
      '1.5M',
    ]);
  });
  it('are never 100 percent before all is done', () => {
    expect([percent(0, 0), percent(999, 1000), percent(1000, 1000), percent(2, 1)]).toEqual([
      0, 99, 100, 100,
    ]);
  });
});

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

describe('zoom', () => {
  const forecast = (startMs: number, endMs: number, demoDay: string): Forecast => ({
    ...{ demoDay, key: 'k', timeZone: 'Europe/Berlin', startMs, endMs, documents: 0, bytes: 0, omitted: [] },
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
  it('begins the demo day at its midnight, also after the clocks have changed', () => {
    // Berlin leaves summer time on 25 October 2026: that day has 25 hours.
    const start = Date.parse('2026-10-20T00:00:00+02:00');
    const now = Date.parse('2026-10-26T16:00:00+01:00');
    const windows = zoomWindows(forecast(start, now, '2026-10-26'), now);
    expect(windows.map(({ title }) => title)).toEqual(['The whole 7 days', 'Today', 'A']);
    expect(windows[1]?.fromMs).toBe(Date.parse('2026-10-26T00:00:00+01:00'));
  });
});

describe('a single day', () => {
  const startMs = Date.parse('2026-10-25T23:00:00Z');
  const endMs = startMs + 15 * 3_600_000;
  const day = { startMs, endMs, timeZone: 'Europe/Berlin', demoDay: '2026-10-26', incidents: [] };

  it('is called so over its chart', () => {
    expect(zoomWindows(day as unknown as Forecast, endMs).map(({ title }) => title)).toEqual([
      'The whole day',
    ]);
  });

  it('is called so where it was loaded', () => {
    const parameters = { days: 1, sample: 600 };
    const { meta, ...index } = indexState('demo', 5);
    const words = (changed: object) =>
      indexLines({ ...index, meta: { ...meta, parameters: changed } as RunMeta }, undefined).join('\n');
    expect(words(parameters)).toContain('planned now: 1 day, one session in 600, seed 99');
    expect(words({})).toContain('planned now: ? days, one session in ?, seed 99');
  });
});

describe('wrapping', () => {
  it('keeps every word and every width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,30}$/)),
        fc.integer({ min: 1, max: 60 }),
        (words, width) => {
          const rows = wrapText(words.join(' '), width);
          for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
          expect(rows.join('').replaceAll(' ', '')).toBe(words.join(''));
        },
      ),
    );
  });
  it('says with an ellipsis that something is left out', () => {
    expect(fitLines(['one two three four'], 9, 1)).toEqual(['one two…']);
    expect(fitLines(['one', 'two'], 9, 2)).toEqual(['one', 'two']);
  });
});

describe('ASCII', () => {
  it('has a sign of the same width for each of ours', () => {
    const signs = Object.values(SYMBOLS).join('');
    expect(toAscii(`${signs}≈ × → ↑↓ ╭╮╰╯┤┼`)).toMatch(/^[\x20-\x7E]+$/);
    expect(toAscii(signs).length).toBe(signs.length);
  });
  it('is used where the locale does not promise more', () => {
    expect([
      needsAscii({ LANG: 'C.UTF-8' }),
      needsAscii({ LANG: 'C' }),
      needsAscii({}),
      needsAscii({ LC_ALL: 'C', LANG: 'de_DE.UTF-8' }),
    ]).toEqual([false, true, true, true]);
  });
});
