// Which part of a list is in view, where its items take several rows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowOfHeights } from '../../../../../src/ui/ink/components/list-window.ts';

const heights = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 40 });

describe('the part of a list with items of several rows', () => {
  it('is all of it where there is room', () => {
    expect(windowOfHeights([1, 2, 1], 2, 4)).toEqual({ from: 0, to: 3, rows: 4 });
    expect(windowOfHeights([], 0, 4)).toEqual({ from: 0, to: 0, rows: 0 });
  });

  it('holds the focus, takes no more rows than there are, and leaves none that would hold one more', () => {
    fc.assert(
      fc.property(heights, fc.nat(39), fc.integer({ min: 3, max: 30 }), (items, at, room) => {
        const focus = at % items.length;
        const { from, to, rows } = windowOfHeights(items, focus, room);
        expect(focus).toBeGreaterThanOrEqual(from);
        expect(focus).toBeLessThan(to);
        expect(rows).toBe(items.slice(from, to).reduce((sum, height) => sum + height, 0));
        expect(rows).toBeLessThanOrEqual(room);
        for (const next of [items[from - 1], items[to]])
          if (next !== undefined) expect(rows + next).toBeGreaterThan(room);
      }),
    );
  });
});
