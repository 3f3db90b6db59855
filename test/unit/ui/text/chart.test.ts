// Charts in text, their marks and their axis.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisRow, chart, chartPoints, markRow, niceTop } from '../../../../src/ui/text/chart.ts';

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
