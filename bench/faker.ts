// The way of most generators of demo data, as a rival: each field of each document from faker.
import { faker } from '@faker-js/faker';
import { BREAKER_STATES, CHECKOUT_STEPS, GATEWAYS, SERVERS } from '../src/core/plan/shop.ts';

const DOCUMENTS = 5000;
const { helpers, number, string, location, internet, commerce } = faker;

function documentAt(ms: number): object {
  const gateway = helpers.arrayElement(GATEWAYS);
  return {
    '@timestamp': new Date(ms).toISOString(),
    transaction_id: `txn_${string.alphanumeric(12)}`,
    session_id: `sess_${string.alphanumeric(12)}`,
    user_id: `user_${number.int({ min: 100_000, max: 999_999 })}`,
    event_type: 'checkout_attempt',
    step: helpers.arrayElement(CHECKOUT_STEPS),
    status: 'success',
    response_code: 200,
    response_time_ms: number.int({ min: 100, max: 900 }),
    payment_gateway: gateway,
    amount: number.float({ min: 5, max: 500, fractionDigits: 2 }),
    currency: 'USD',
    product_category: commerce.department(),
    product_id: `prod_${string.alphanumeric(9)}`,
    unit_price: number.float({ min: 5, max: 500, fractionDigits: 2 }),
    item_count: number.int({ min: 1, max: 4 }),
    user_agent: internet.userAgent(),
    ip_address: internet.ipv4(),
    geo_location: { country: 'US', state: location.state(), city: location.city() },
    server_instance: helpers.arrayElement(SERVERS),
    load_balancer: helpers.arrayElement(['lb-west-01', 'lb-east-01']),
    database_query_time_ms: number.int({ min: 5, max: 90 }),
    cache_hit: faker.datatype.boolean(),
    retry_count: 0,
    upstream_service: `payment-gateway-${gateway}`,
    upstream_response_time_ms: number.int({ min: 50, max: 400 }),
    circuit_breaker_state: BREAKER_STATES[0],
    thread_pool_active: number.int({ min: 10, max: 60 }),
    memory_usage_percent: number.int({ min: 40, max: 70 }),
    cpu_usage_percent: number.int({ min: 20, max: 70 }),
    sample_weight: 1,
    order_id: `ord_${string.alphanumeric(12)}`,
    db_pool_active: number.int({ min: 1, max: 8 }),
    db_pool_max: 10,
    db_pool_pending: 0,
    gc_pause_ms: number.int({ min: 3, max: 20 }),
    heap_used_percent: number.int({ min: 40, max: 70 }),
    service_version: '4.17.2',
    db_connection_wait_ms: number.int({ min: 0, max: 1 }),
    db_connection_usage_ms: number.int({ min: 10, max: 200 }),
  };
}

/** Some thousand documents, written as bulk NDJSON. */
export function faked(): { documents: number; bytes: number } {
  const buffer = Buffer.allocUnsafe(1 << 16);
  let bytes = 0;
  for (let index = 0; index < DOCUMENTS; index++) {
    const source = JSON.stringify(documentAt(Date.UTC(2026, 2, 14) + index * 50));
    bytes += buffer.write(`{"create":{"_id":"${string.alphanumeric(24)}"}}\n${source}\n`, 'latin1');
  }
  return { documents: DOCUMENTS, bytes };
}
