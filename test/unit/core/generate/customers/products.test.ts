import { describe, expect, it } from 'vitest';
import { orderCents, SHIPPING } from '../../../../../src/core/generate/customers/basket.ts';
import { PRODUCTS, Products } from '../../../../../src/core/generate/customers/products.ts';
import { DAY_MS, HOUR_MS } from '../../../../../src/core/plan/durations.ts';
import { stream } from '../../../../../src/core/plan/random.ts';

const FROM = Date.parse('2026-03-08T00:00:00Z');

describe('products', () => {
  const products = new Products(7);
  const random = stream(7, 'test', 0);

  it('sell by Zipf: the first more than ten times as much as one in the middle', () => {
    const sold = new Uint32Array(PRODUCTS);
    for (let index = 0; index < 100_000; index++) {
      const { index: product } = products.inStock(FROM + (index / 100_000) * 7 * DAY_MS, random);
      sold[product] = (sold[product] ?? 0) + 1;
    }
    const sales = [...sold].sort((a, b) => b - a);
    const top = sales.slice(0, 10).reduce((sum, count) => sum + count, 0) / 100_000;
    expect(Math.abs(top - 0.38)).toBeLessThan(0.05);
    expect((sales[0] ?? 0) / (sales[79] ?? 1)).toBeGreaterThan(10);
    expect(sales.at(-1)).toBeGreaterThan(20);
  });

  it('run out for hours, a few at a time, and are not sold meanwhile', () => {
    const spells: number[] = [];
    for (let index = 0; index < PRODUCTS; index++) {
      let since = 0;
      for (let ms = FROM; ms < FROM + 14 * DAY_MS; ms += HOUR_MS / 4) {
        if (products.isOut(index, ms)) since ||= ms;
        else if (since > 0) {
          // One that was on already has shown only its end.
          if (since > FROM) spells.push((ms - since) / HOUR_MS);
          since = 0;
        }
      }
    }
    expect(spells.length).toBeGreaterThan(80);
    expect(spells.length).toBeLessThan(250);
    expect(Math.min(...spells)).toBeGreaterThanOrEqual(1.25);
    for (let ms = FROM; ms < FROM + 3 * DAY_MS; ms += HOUR_MS) {
      const sold = products.inStock(ms, random);
      const missed = products.outOfStock(ms, random.next());
      expect(products.isOut(sold.index, ms)).toBe(false);
      if (missed) expect(products.isOut(missed.index, ms)).toBe(true);
      expect(missed === undefined).toBe(products.outShare(ms) === 0);
    }
  });
});

describe('what an order costs', () => {
  const shipping = SHIPPING[0]?.cents ?? 0;

  it('is the items, their tax to the cent, and shipping below the limit', () => {
    expect(orderCents(1999, 2, 8.85, 0)).toBe(3998 + 354 + shipping);
    expect(orderCents(4999, 1, 0, 0)).toBe(4999 + shipping);
    expect(orderCents(5000, 1, 0, 0)).toBe(5000);
    expect(orderCents(2500, 3, 13, 1)).toBe(7500 + 975);
  });
});
