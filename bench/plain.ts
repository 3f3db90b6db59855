// The plain way to write a document, as a rival: an object literal for each, stringified.

import { addressText, documentId, orderId, sessionId, transactionId } from '../src/core/documents/ids.ts';
import { agentsOf } from '../src/core/generate/customers/agents.ts';
import { PLACES } from '../src/core/generate/customers/places.ts';
import type { Row } from '../src/core/generate/customers/row.ts';
import {
  BALANCERS,
  BREAKER_STATES,
  CHECKOUT_STEPS,
  CONNECTIONS,
  CURRENCIES,
  GATEWAYS,
  SERVERS,
} from '../src/core/plan/shop.ts';
import type { Plan } from '../src/core/plan/types.ts';

const GEO = PLACES.map(({ country, state, city }) => ({ country, state, city }));
const BALANCER_OF = PLACES.map(({ balancer }) => BALANCERS[balancer]);

/** A document without labels, as an object of its own. */
export function plainSource(plan: Plan, row: Row): object {
  const { key } = plan;
  const { step, failure, product, reading } = row;
  const gateway = step === 0 ? undefined : GATEWAYS[row.gateway];
  const called = row.upstreamMs >= 0;
  return {
    '@timestamp': new Date(row.ms).toISOString(),
    transaction_id: transactionId(key, row),
    session_id: sessionId(key, row),
    user_id: `user_${row.user}`,
    event_type: 'checkout_attempt',
    step: CHECKOUT_STEPS[step],
    status: failure ? 'error' : 'success',
    response_code: failure ? failure.status : 200,
    response_time_ms: row.responseMs,
    error_message: failure?.message,
    error_code: failure?.code,
    payment_gateway: gateway,
    amount: row.cents / 100,
    currency: CURRENCIES[row.currency],
    product_category: product.category,
    product_id: product.id,
    unit_price: (product.cents[row.currency] ?? 0) / 100,
    item_count: row.items,
    user_agent: agentsOf(plan)[row.agent]?.text,
    ip_address: addressText(row.address),
    geo_location: GEO[row.place],
    server_instance: SERVERS[row.server],
    load_balancer: BALANCER_OF[row.place],
    database_query_time_ms: row.queryMs >= 0 ? row.queryMs : undefined,
    cache_hit: row.queryMs >= 0 ? row.cacheHit === 1 : undefined,
    retry_count: row.attempt,
    upstream_service: called ? `payment-gateway-${gateway}` : undefined,
    upstream_response_time_ms: called ? row.upstreamMs : undefined,
    circuit_breaker_state: BREAKER_STATES[reading.breaker],
    thread_pool_active: reading.threads,
    memory_usage_percent: reading.memory,
    cpu_usage_percent: reading.cpu,
    sample_weight: plan.parameters.sample,
    order_id: step === 0 ? undefined : orderId(key, row),
    db_pool_active: reading.poolActive,
    db_pool_max: CONNECTIONS,
    db_pool_pending: reading.poolPending,
    gc_pause_ms: reading.gcMs,
    heap_used_percent: reading.heap,
    service_version: reading.version,
    db_connection_wait_ms: row.waitMs >= 0 ? row.waitMs : undefined,
    db_connection_usage_ms: row.usageMs >= 0 ? row.usageMs : undefined,
  };
}

/** Both lines of a document. */
export const plainLines = (plan: Plan, row: Row): string =>
  `{"create":{"_id":"${documentId(plan.key, row)}"}}\n${JSON.stringify(plainSource(plan, row))}\n`;
