// A chart with its title: exactly the rows and columns it was given.
import { describe, expect, it } from 'vitest';
import { Chart } from '../../../../src/ui/ink/components/chart.tsx';
import { linear } from '../../../../src/ui/text/chart.ts';
import { rowsOf } from '../../../helpers/ink-component.tsx';

const flat = Array.from({ length: 200 }, () => 20);

describe('a chart', () => {
  it.each([
    [40, 5],
    [60, 8],
    [100, 12],
  ])('is %d columns wide and %d rows high, whatever is in it', (width, rows) => {
    for (const values of [[], flat, flat.map((_, place) => (place === 100 ? 30_000 : 20))]) {
      const drawn = rowsOf(
        <Chart
          title="p95 (ms)"
          values={values}
          scale={linear(40)}
          width={width}
          rows={rows}
          tone="plain"
          label=""
        />,
        width,
      );
      expect(drawn.length).toBe(rows);
      expect(drawn[0]).toBe('p95 (ms)');
      for (const row of drawn) expect(Array.from(row).length).toBeLessThanOrEqual(width);
    }
  });

  it('has a constant at half its height in the middle row, at the label of its value', () => {
    const chart = (
      <Chart title="tps" values={flat} scale={linear(40)} width={40} rows={6} tone="plain" label="" />
    );
    const [, ...rows] = rowsOf(chart, 40);
    expect(rows.filter((row) => /─{5}/.test(row))).toEqual([rows[2]]);
    expect(rows[2]).toMatch(/20 ?[┼┤]─+$/);
  });
});
