// What a customer buys: one product, one to four times, with sales tax and shipping.
import type { Random } from '../../plan/random.ts';
import { CURRENCIES } from '../../plan/shop.ts';
import type { Place } from './places.ts';
import type { Product } from './products.ts';

export interface Basket {
  product: Product;
  /** How many of it, 1 to 4. */
  items: number;
  /** Index into CURRENCIES. */
  currency: number;
  /** What the order costs in all, cents of its currency. */
  cents: number;
}

/** Share of orders with at most 1, 2, 3, 4 items. */
const ITEMS = [0.64, 0.86, 0.95, 1];

/** Shipping costs this much, and nothing for orders of items worth `freeFrom` or more; cents by currency. */
export const SHIPPING: readonly { readonly cents: number; readonly freeFrom: number }[] = [
  { cents: 599, freeFrom: 5000 },
  { cents: 899, freeFrom: 7000 },
];

/** Index into CURRENCIES. */
export const currencyOf = ({ country }: Pick<Place, 'country'>) =>
  CURRENCIES.indexOf(country === 'CA' ? 'CAD' : 'USD');

/** How many of a product a customer takes. */
export function drawItems(random: Random): number {
  const chance = random.next();
  let items = 1;
  while (items < ITEMS.length && chance >= (ITEMS[items - 1] ?? 1)) items++;
  return items;
}

/** What an order costs, cents: the items, their sales tax rounded to a cent, and shipping, which is not taxed. */
export function orderCents(unitCents: number, items: number, salesTax: number, currency: number): number {
  const goods = unitCents * items;
  const shipping = SHIPPING[currency];
  const fee = shipping && goods < shipping.freeFrom ? shipping.cents : 0;
  return goods + Math.round((goods * salesTax) / 100) + fee;
}
