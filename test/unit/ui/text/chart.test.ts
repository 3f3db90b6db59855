// Charts in text, their marks and their axis.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AXIS_WIDTH,
  chart,
  chartPoints,
  linear,
  logSeconds,
  markRow,
  niceTop,
  type Scale,
  tickRow,
} from '../../../../src/ui/text/chart.ts';

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
        fc.constantFrom(linear(1), logSeconds),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, width, height, scale, filled) => {
          const rows = chart({ values, width, height, scale, filled });
          expect(rows.length).toBe(height);
          for (const row of rows) expect(Array.from(row).length).toBe(width);
        },
      ),
    );
  });

  it('keeps a single spike in view', () => {
    const values = Array.from({ length: 500 }, (_, place) => (place === 250 ? 30_000 : 300));
    const [first = '', second = ''] = chart({ values, width: 46, height: 6, scale: linear(1000) });
    expect(first + second).toMatch(/[╭╮]/);
  });

  it('draws a constant series as one line at its height', () => {
    const rows = chart({ values: [20, 20, 20], width: 20, height: 5, scale: linear(40) });
    expect(rows[2]).toContain('20');
    expect(rows[2]).toMatch(/─{13}$/);
  });

  const labels = (rows: readonly string[]) => rows.map((row) => row.slice(0, AXIS_WIDTH - 1).trim());
  const drawnAt = (rows: readonly string[]) => rows.findIndex((row) => /─{3}/.test(row));
  const flat = (value: number, height: number, scale: Scale) =>
    chart({ values: [value, value, value], width: 30, height, scale });

  it.each([4, 5, 7, 8, 13, 23])('has at most four labels on %d rows, and values stand at them', (height) => {
    for (const [value, name] of [
      [300, '0.3'],
      [1000, '1'],
      [10_000, '10'],
      [30_000, '30'],
    ] as const) {
      const rows = flat(value, height, logSeconds);
      expect(labels(rows).filter(Boolean).length).toBeLessThanOrEqual(4);
      expect(labels(rows)[drawnAt(rows)]).toBe(name);
    }
    const rows = flat(0, height, linear(40));
    const named = labels(rows).filter(Boolean);
    expect(named.length).toBeGreaterThan(2);
    expect(named.length).toBeLessThanOrEqual(4);
    expect([named.at(-1), labels(rows)[drawnAt(rows)]]).toEqual(['0', '0']);
  });

  it('shows as much of a rise at the bottom of a log scale as at its top', () => {
    const height = 23;
    const place = (value: number) => drawnAt(flat(value, height, logSeconds));
    expect(place(300) - place(1000)).toBe(place(9000) - place(30_000));
    expect(labels(flat(200, height, logSeconds)).at(-1)).toBe('0.1');
  });

  it('leaves what has not come yet empty', () => {
    const rows = chart({ values: [20, 20], width: 46, height: 5, scale: linear(40), filled: 0.5 });
    for (const row of rows) expect(row.slice(6 + 21).trim()).toBe('');
    expect(rows.some((row) => /─{15}/.test(row))).toBe(true);
  });

  it('ends its axis at a round number', () => {
    expect(niceTop(26_000, 4)).toBe(32_000);
    expect(niceTop(57, 6)).toBe(60);
    expect(niceTop(0, 4)).toBeGreaterThan(0);
  });
});

describe('the row of marks', () => {
  const window = { fromMs: 0, toMs: 100 };
  it('is as wide as the chart and marks what it touches, however short', () => {
    const width = 56;
    const row = markRow([{ startMs: 50, endMs: 51, mark: '^' }], window, width);
    expect(row.length).toBe(width);
    expect(row.indexOf('^')).toBe(6 + 25);
  });
  it('leaves out what lies outside', () => {
    expect(
      markRow(
        [
          { startMs: -10, endMs: 0, mark: '^' },
          { startMs: 100, endMs: 200, mark: '^' },
        ],
        window,
        40,
      ).trim(),
    ).toBe('');
  });
  it('shows the later of two spans in one column', () => {
    const spans = [
      { startMs: 50, endMs: 60, mark: '·' },
      { startMs: 51, endMs: 52, mark: 'P' },
    ];
    expect(markRow(spans, window, 16).trim()).toBe('P');
  });

  it('and the ticks fit every width', () => {
    const ticks = [0, 10, 20, 50, 90, 99].map((atMs) => ({ atMs, label: `at ${atMs}` }));
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 200 }), (width) => {
        const row = tickRow(ticks, window, width);
        expect(row.length).toBe(width);
        for (const label of row.trim().split(/ (?=at)/))
          expect(['', ...ticks.map((tick) => tick.label)]).toContain(label.trim());
        expect(chartPoints(width)).toBeGreaterThan(0);
      }),
    );
  });
});
