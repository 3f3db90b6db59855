// Batches shaped to mapping.json for tests of the loader, without the generator.

import { type Batch, batchOf } from '../../src/core/documents/batch.ts';

export interface TestDocument {
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
}

const pad = (number: number) => String(number).padStart(12, '0');

/** A plausible document; the number decides everything in it. */
export function testDocument(number: number, prefix = 'doc'): TestDocument {
  const at = new Date(Date.UTC(2026, 10, 24) + number * 50).toISOString();
  const source = {
    '@timestamp': at,
    transaction_id: `${prefix}_${pad(number)}`,
    session_id: `sess_${pad(number >> 2)}`,
    user_id: `user_${number % 5000}`,
    event_type: 'checkout_attempt',
    step: ['cart_review', 'payment_processing', 'order_confirmation'][number % 3],
    status: number % 50 === 0 ? 'error' : 'success',
    response_code: number % 50 === 0 ? 402 : 200,
    response_time_ms: 200 + (number % 600),
    payment_gateway: ['stripe', 'paypal', 'square'][number % 3],
    amount: (number % 30_000) / 100,
    currency: 'USD',
    product_category: 'electronics',
    product_id: `prod_${number % 200}`,
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    ip_address: `10.${number % 200}.${number % 250}.7`,
    geo_location: { country: 'US', state: 'CA', city: 'Fresno' },
    server_instance: `checkout-service-0${(number % 3) + 1}`,
    load_balancer: 'lb-west-01',
    database_query_time_ms: 20 + (number % 40),
    cache_hit: number % 2 === 0,
    retry_count: 0,
    upstream_service: 'payment-gateway-stripe',
    upstream_response_time_ms: 100 + (number % 90),
    circuit_breaker_state: 'closed',
    thread_pool_active: number % 60,
    memory_usage_percent: 55,
    cpu_usage_percent: 30,
    sample_weight: 60,
  };
  return { id: `${prefix}_${pad(number)}`, source };
}

/** One batch of the given documents. */
export const batchOfDocuments = (documents: readonly TestDocument[]): Batch =>
  batchOf(
    documents.map(
      ({ id, source }) => `${JSON.stringify({ create: { _id: id } })}\n${JSON.stringify(source)}\n`,
    ),
  );

/** Documents `from` up to `to` in batches of `size`. */
export function* testBatches(from: number, to: number, size: number, prefix?: string): Generator<Batch> {
  for (let start = from; start < to; start += size) {
    const count = Math.min(size, to - start);
    yield batchOfDocuments(Array.from({ length: count }, (_, index) => testDocument(start + index, prefix)));
  }
}
