// What gave customers and money away, each as a rule. The thresholds follow from the figures in the better models of the
// findings, with room for chance; those of regulars and of the west were set after a first look.
import { describe, expect, it } from 'vitest';
import { type GeneratedTransaction, isTransaction } from '../../../src/core/generate/index.ts';
import { planWith, transactionsOf } from '../../helpers/generated.ts';
import { correlation, dispersion, mean } from '../../helpers/statistics.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const plan = planWith(
  { seed: 204, timeZone: 'UTC', sample: 6, days: 2, incidentsPerDay: { min: 0, max: 0 } },
  Date.parse('2026-03-12T23:59:00Z'),
  [],
);
const documents = transactionsOf(plan).filter(isTransaction);

const sessions = Map.groupBy(documents, ({ source }) => source.session_id);
const shareOf = <Item>(items: readonly Item[], fits: (item: Item) => boolean) =>
  items.filter(fits).length / items.length;

describe('latency (8)', () => {
  const minutes = [...Map.groupBy(documents, ({ ms }) => Math.floor(ms / MINUTE))]
    .sort(([a], [b]) => a - b)
    .map(([, held]) => mean(held.map(({ source }) => Math.log(source.response_time_ms))));

  it('wanders: a minute is like the one before, also within half an hour', () => {
    const halves = Array.from({ length: Math.floor(minutes.length / 30) }, (_, half) =>
      minutes.slice(30 * half, 30 * half + 30),
    );
    expect(mean(halves.map((part) => correlation(part.slice(1), part.slice(0, -1))))).toBeGreaterThan(0.15);
  });

  it('has a part of the session: who waited long for the cart waits longer for the confirmation', () => {
    const pairs = [...sessions.values()].flatMap((held) => {
      const cart = held.find(({ source }) => source.step === 'cart_review');
      const end = held.find(({ source }) => source.step === 'order_confirmation');
      return cart && end ? [[cart, end].map(({ source }) => Math.log(source.response_time_ms))] : [];
    });
    const [carts, ends] = [0, 1].map((at) => pairs.map((pair) => pair[at] ?? 0));
    expect(pairs.length).toBeGreaterThan(5000);
    expect(correlation(carts ?? [], ends ?? [])).toBeGreaterThan(0.03);
  });
});

describe('customers (9)', () => {
  it('are regulars and strangers: sessions of a user vary more than chance has it', () => {
    const perUser = Map.groupBy(sessions.values(), ([first]) => first?.source.user_id);
    const counts = [...perUser.values()].map(({ length }) => length);
    // Of users without a session nothing is known. Were they all alike, a Poisson count above zero would have a mean of
    // λ / (1 − e^−λ), and pairs of sessions of one user would be λ to a session; regulars make them more.
    let alike = 0;
    while (alike / (1 - Math.exp(-alike)) < mean(counts) || alike === 0) alike += 0.001;
    const pairs = mean(counts.map((count) => count * (count - 1))) / mean(counts);
    expect(pairs).toBeGreaterThan(1.1 * alike);
    expect(counts.some((count) => count > 4)).toBe(true);
  });

  it('find a product out of stock for hours, not now and then', () => {
    const missing = documents.filter(({ source }) => source.error_code === 'OUT_OF_STOCK');
    const spells = Map.groupBy(
      missing,
      ({ ms, source }) => `${source.product_id} ${Math.floor(ms / (4 * HOUR))}`,
    );
    const products = new Set(missing.map(({ source }) => source.product_id)).size;
    const cells = products * 12;
    const counts = [...spells.values()].map(({ length }) => length);
    expect(missing.length).toBeGreaterThan(100);
    expect(dispersion([...counts, ...new Array(cells - counts.length).fill(0)])).toBeGreaterThan(1.5);
  });

  it('try again after a decline, some of them with another gateway', () => {
    const declines = [...sessions.values()].flatMap((held) => {
      const payments = held.filter(({ source }) => source.step === 'payment_processing');
      const [first, second] = payments;
      return first?.source.error_code?.startsWith('CARD_') ? [{ first, second }] : [];
    });
    const retried = declines.flatMap(({ first, second }) => (second ? [{ first, second }] : []));
    const other = ({ first, second }: { first: GeneratedTransaction; second: GeneratedTransaction }) =>
      first.source.payment_gateway !== second.source.payment_gateway;
    expect(declines.length).toBeGreaterThan(200);
    expect(retried.length / declines.length).toBeGreaterThan(0.25);
    expect(retried.length / declines.length).toBeLessThan(0.45);
    expect(shareOf(retried, other)).toBeGreaterThan(0.1);
    expect(shareOf(retried, other)).toBeLessThan(0.3);
  });
});

describe('orders (16)', () => {
  const from = (country: string, state?: string) =>
    documents.filter(
      ({ source: { geo_location: geo } }) =>
        geo.country === country && (state === undefined || geo.state === state),
    );

  it('are paid in the currency of the country', () => {
    expect(from('CA').length / documents.length).toBeGreaterThan(0.01);
    expect(new Set(from('CA').map(({ source }) => source.currency))).toEqual(new Set(['CAD']));
    expect(new Set(from('US').map(({ source }) => source.currency))).toEqual(new Set(['USD']));
  });

  it('have one to four items', () => {
    const shares = [1, 2, 3, 4].map((count) =>
      shareOf(documents, ({ source }) => source.item_count === count),
    );
    expect(shares.every((share) => share > 0.02)).toBe(true);
    expect(Math.max(...shares)).toBeLessThan(0.8);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1);
  });

  it('are taxed as the state has it: alike in one, otherwise in others, and not in Oregon', () => {
    const rates = Map.groupBy(
      // Orders that are worth so much are sent for nothing.
      documents.filter(({ source }) => source.unit_price * source.item_count >= 100),
      ({ source }) => `${source.geo_location.country} ${source.geo_location.state}`,
    );
    const taxes = [...rates].map(([state, held]) => {
      const shares = held.map(({ source }) => source.amount / (source.unit_price * source.item_count) - 1);
      return { state, least: Math.min(...shares), most: Math.max(...shares) };
    });
    expect(taxes.length).toBeGreaterThan(20);
    expect(taxes.filter(({ least, most }) => most - least > 0.0003)).toEqual([]);
    expect(new Set(taxes.map(({ most }) => most.toFixed(3))).size).toBeGreaterThan(10);
    expect(taxes.find(({ state }) => state === 'US Oregon')?.most).toBeCloseTo(0);
  });

  it('come later in the west: while New York sleeps, California still buys', () => {
    const within = (state: string, fromHour: number, toHour: number) =>
      shareOf(from('US', state), ({ ms }) => {
        const hour = new Date(ms).getUTCHours();
        return hour >= fromHour && hour < toHour;
      });
    const late = within('California', 4, 7) / within('New York', 4, 7);
    const early = within('California', 11, 14) / within('New York', 11, 14);
    expect(late).toBeGreaterThan(1.2);
    expect(early).toBeLessThan(1 / 1.2);
  });
});
