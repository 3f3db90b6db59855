import { describe, expect, it } from 'vitest';
import {
  checkoutChances,
  OTHER_GATEWAY,
  RETRY_DECLINED,
} from '../../../../../src/core/generate/customers/checkout-chances.ts';
import { CONFIRMING_SHARE, DOCUMENTS_PER_SESSION, PAYING_SHARE } from '../../../../../src/core/plan/shop.ts';
import { planWith, transactionsOf } from '../../../../helpers/generated.ts';

const documentsAt = (percent: number) => {
  const errorRateNormal = { min: percent, max: percent };
  const parameters = { days: 1, sample: 10, incidentsPerDay: { min: 0, max: 0 }, errorRateNormal };
  return transactionsOf(planWith(parameters, undefined, []));
};

describe('checkouts', () => {
  const usual = documentsAt(1.5);

  it.each([
    [1.5, usual],
    [5, documentsAt(5)],
  ])('have the documents that the rate counts on at %f % customers’ errors', (percent, documents) => {
    const count = (step: string) => documents.filter(({ source }) => source.step === step).length;
    const carts = count('cart_review');
    // Over nine seeds the standard deviation is 0.003; three of them.
    expect(Math.abs(count('payment_processing') / carts - PAYING_SHARE)).toBeLessThan(0.009);
    expect(Math.abs(count('order_confirmation') / carts - PAYING_SHARE * CONFIRMING_SHARE)).toBeLessThan(
      0.008,
    );
    expect(Math.abs(documents.length / carts - DOCUMENTS_PER_SESSION)).toBeLessThan(0.013);
    const errors = documents.filter(({ source }) => source.status === 'error').length;
    expect(Math.abs((errors / documents.length) * 100 - percent)).toBeLessThan(0.08 * percent);
    const orders = documents.filter(
      ({ source }) => source.step === 'order_confirmation' && source.status === 'success',
    );
    expect(orders.length / carts).toBeGreaterThan(0.45);
    expect(orders.length / carts).toBeLessThan(0.6);
  });

  it('try again after a decline, some with another gateway, and after a failure in passing', () => {
    const documents = usual.filter(({ source }) => source.step === 'payment_processing');
    const payments = new Map<string, typeof documents>();
    for (const document of documents) {
      const order = document.source.order_id ?? '';
      payments.set(order, [...(payments.get(order) ?? []), document]);
    }
    const pairs = [...payments.values()].flatMap((attempts) =>
      attempts.slice(0, 2).map(({ source }, index) => ({ first: source, next: attempts[index + 1]?.source })),
    );
    const declined = pairs.filter(
      ({ first }) => first.error_code?.startsWith('CARD') && first.retry_count < 2,
    );
    const again = declined.filter(({ next }) => next !== undefined);
    expect(declined.length).toBeGreaterThan(350);
    expect(Math.abs(again.length / declined.length - RETRY_DECLINED)).toBeLessThan(0.07);
    const moved = again.filter(({ first, next }) => first.payment_gateway !== next?.payment_gateway);
    expect(Math.abs(moved.length / again.length - OTHER_GATEWAY)).toBeLessThan(0.1);
    const passing = pairs.filter(({ first }) => first.error_code?.startsWith('UPSTREAM_'));
    expect(passing.length).toBeGreaterThan(40);
    expect(new Set(passing.map(({ first }) => first.payment_gateway)).size).toBe(3);
    expect(passing.filter(({ next }) => next?.status === 'success').length / passing.length).toBeGreaterThan(
      0.9,
    );
  });

  it('stay chances at every rate', () => {
    for (let background = 0; background <= 0.1; background += 0.005)
      for (const chance of Object.values(checkoutChances(background))) {
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
      }
  });
});
