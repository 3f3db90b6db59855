// What the shop sells: a few products make most of its sales (Zipf), and now and then one is out of stock for some hours.
import type { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import { DAY_MS, HOUR_MS } from '../../plan/durations.ts';
import { noise, type Random, stream } from '../../plan/random.ts';
import { CAD_PER_USD } from '../../plan/shop.ts';

export interface Product {
  /** Of the product among all of them. */
  readonly index: number;
  readonly id: string;
  readonly category: string;
  /** Price of one, cents, in each of CURRENCIES. */
  readonly cents: readonly number[];
}

export const PRODUCTS = 160;

/** Sales of the product of rank r are in proportion to (r + 2) to the power of −1: ten of them make 38 % of all. */
const ZIPF_SHIFT = 2;

/** Chance that a product runs out on a day, and for how long. */
const OUT_CHANCE = 0.07;
const OUT_HOURS = { min: 1.5, max: 9 };

/** Places in the table that products are drawn from. */
const DRAWS = 8192;

/** Days in the cache. */
const REMEMBERED_DAYS = 8;

/** The products of one seed. */
export class Products {
  readonly all: readonly Product[];
  private readonly seed: number;
  /** Indexes of products, each as often as its share of sales says. */
  private readonly draws: Uint8Array;
  private readonly shares: Float64Array;
  private hour = Number.NaN;
  /** Products that are out of stock at some time of the hour. */
  private spells: readonly Spell[] = [];
  private readonly days = new Map<number, readonly Spell[]>();

  constructor(seed: number) {
    this.seed = seed;
    this.all = productsOf(seed);
    const ranks = this.all.map((_, index) => noise(seed, index, 63));
    const order = [...ranks.keys()].sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
    this.shares = new Float64Array(PRODUCTS);
    for (const [rank, index] of order.entries()) this.shares[index] = 1 / (rank + 1 + ZIPF_SHIFT);
    const total = this.shares.reduce((sum, share) => sum + share, 0);
    this.shares = this.shares.map((share) => share / total);
    this.draws = new Uint8Array(DRAWS);
    let [from, sum] = [0, 0];
    for (const index of order) {
      sum += this.shares[index] ?? 0;
      this.draws.fill(index, from, Math.round(sum * DRAWS));
      from = Math.round(sum * DRAWS);
    }
  }

  /** A product that is in stock. */
  inStock(ms: number, random: Random): Product {
    for (let tries = 0; ; tries++) {
      const index = this.draws[random.below(DRAWS)] ?? 0;
      if (tries > 50 || !this.isOut(index, ms)) return this.all[index] as Product;
    }
  }

  isOut(index: number, ms: number): boolean {
    for (const spell of this.spellsAt(ms))
      if (spell.index === index && spell.fromMs <= ms && ms < spell.toMs) return true;
    return false;
  }

  /** Share of usual sales that goes to products that are out of stock, 0 to 1. */
  outShare(ms: number): number {
    let sum = 0;
    for (const { index, fromMs, toMs } of this.spellsAt(ms))
      if (fromMs <= ms && ms < toMs) sum += this.shares[index] ?? 0;
    return sum;
  }

  /** A product that is out of stock; undefined when there is none. @param chance uniform in [0, 1). */
  outOfStock(ms: number, chance: number): Product | undefined {
    let left = chance * this.outShare(ms);
    for (const { index, fromMs, toMs } of this.spellsAt(ms)) {
      if (ms < fromMs || ms >= toMs) continue;
      left -= this.shares[index] ?? 0;
      if (left < 0) return this.all[index];
    }
    return undefined;
  }

  private spellsAt(ms: number): readonly Spell[] {
    const hour = Math.floor(ms / HOUR_MS);
    if (hour !== this.hour) {
      this.hour = hour;
      const day = Math.floor(ms / DAY_MS);
      this.spells = [...this.spellsFrom(day - 1), ...this.spellsFrom(day)].filter(
        ({ fromMs, toMs }) => fromMs < (hour + 1) * HOUR_MS && toMs > hour * HOUR_MS,
      );
    }
    return this.spells;
  }

  /** The spells that begin on a day of UTC, one for a product at most. */
  private spellsFrom(day: number): readonly Spell[] {
    const spells = this.days.get(day) ?? this.drawSpells(day);
    if (!this.days.has(day) && this.days.size >= REMEMBERED_DAYS) this.days.clear();
    this.days.set(day, spells);
    return spells;
  }

  private drawSpells(day: number): Spell[] {
    return this.all.flatMap(({ index }): Spell[] => {
      const draw = (what: number) => noise(this.seed + what, day, 1000 + index);
      if (draw(64) >= OUT_CHANCE) return [];
      // Most deliveries are late by little.
      const hours = OUT_HOURS.min + (OUT_HOURS.max - OUT_HOURS.min) * draw(66) ** 2;
      const fromMs = Math.round((day + draw(65)) * DAY_MS);
      return [{ index, fromMs, toMs: Math.round(fromMs + hours * HOUR_MS) }];
    });
  }
}

/** A time in which a product is out of stock. */
interface Spell {
  readonly index: number;
  readonly fromMs: number;
  readonly toMs: number;
}

let last: { readonly seed: number; readonly all: readonly Product[] } | undefined;

/** The products of a seed; those of the last seed are kept. */
function productsOf(seed: number): readonly Product[] {
  if (last?.seed !== seed) last = { seed, all: makeProducts(seed) };
  return last.all;
}

function makeProducts(seed: number): Product[] {
  // An instance of its own: the shared one may be seeded by others.
  const OwnFaker = english.constructor as typeof Faker;
  const faker = new OwnFaker({ locale: english.rawDefinitions, seed });
  const random = stream(seed, 'products', 0);
  return Array.from({ length: PRODUCTS }, (_, index): Product => {
    const category = faker.commerce.department();
    // Prices are lognormal around 45 dollars and end in 99 or 49 cents.
    const dollars = Math.max(4, Math.round(45 * Math.exp(0.8 * random.normal())));
    const cents = dollars * 100 + (random.next() < 0.7 ? 99 : 49);
    return {
      index,
      id: `prod_${faker.string.alphanumeric({ length: 6, casing: 'lower' })}${index.toString(36).padStart(3, '0')}`,
      category,
      cents: [cents, Math.round((cents * CAD_PER_USD) / 10) * 10 - 1],
    };
  });
}
