// From a request that fared somehow to the document that is stored.
import { blockAt } from '../plan/curve.ts';
import { BALANCERS, BREAKER_STATES, CONNECTIONS, GATEWAYS, SERVERS, STEPS } from '../plan/shop.ts';
import type { Plan } from '../plan/types.ts';
import type { Conditions } from './conditions.ts';
import { documentId, type Names } from './ids.ts';
import type { Person, Product } from './pools.ts';
import type { Request } from './request.ts';
import { type GeneratedDocument, PHASES } from './transaction.ts';

/** Who is at the checkout, and with what. */
export interface Customer {
  readonly name: string;
  readonly person: Person;
  readonly product: Product;
}

/**
 * The document of a request; conditions stand at its time. @param digit digit of the step in the document's id.
 */
export function documentOf(
  plan: Plan,
  conditions: Conditions,
  request: Request,
  customer: Customer,
  names: Names,
  digit: number,
): GeneratedDocument {
  const { ms, step, failure } = request;
  const { name, person, product } = customer;
  const gauges = conditions.gaugesOf(ms, request.server);
  const gateway = step === 0 ? undefined : GATEWAYS[request.gateway];
  const called = request.upstreamMs >= 0;
  const incident = conditions.incident;
  const labels = plan.parameters.labelDocuments && incident >= 0;
  return {
    id: documentId(names, ms, name, digit),
    ms,
    phase: conditions.phase,
    incident,
    block: blockAt(plan.offsets, ms),
    source: {
      '@timestamp': new Date(ms).toISOString(),
      transaction_id: `txn_${names.key}_${name}${digit}`,
      session_id: `sess_${names.key}_${name}`,
      user_id: person.userId,
      event_type: 'checkout_attempt',
      step: STEPS[step] ?? '',
      status: failure ? 'error' : 'success',
      response_code: failure ? failure.status : 200,
      response_time_ms: request.responseMs,
      error_message: failure?.message,
      error_code: failure?.code,
      payment_gateway: gateway,
      amount: product.price,
      currency: 'USD',
      product_category: product.category,
      product_id: product.id,
      user_agent: person.agent,
      ip_address: person.ip,
      geo_location: person.geo,
      server_instance: SERVERS[request.server] ?? '',
      load_balancer: BALANCERS[person.balancer] ?? '',
      database_query_time_ms: request.queryMs >= 0 ? request.queryMs : undefined,
      cache_hit: request.queryMs >= 0 ? request.cacheHit === 1 : undefined,
      retry_count: request.attempt,
      upstream_service: called && gateway ? `payment-gateway-${gateway}` : undefined,
      upstream_response_time_ms: called ? request.upstreamMs : undefined,
      circuit_breaker_state: BREAKER_STATES[gauges.breaker] ?? 'closed',
      thread_pool_active: gauges.threads,
      memory_usage_percent: gauges.memory,
      cpu_usage_percent: gauges.cpu,
      sample_weight: plan.parameters.sample,
      order_id: step === 0 ? undefined : `ord_${names.key}_${name}`,
      db_pool_active: gauges.poolActive,
      db_pool_max: CONNECTIONS,
      db_pool_pending: gauges.poolPending,
      db_connection_wait_ms: request.waitMs >= 0 ? request.waitMs : undefined,
      gc_pause_ms: gauges.gcMs,
      heap_used_percent: gauges.heap,
      incident_id: labels ? plan.incidents[incident]?.id : undefined,
      phase: plan.parameters.labelDocuments ? PHASES[conditions.phase] : undefined,
    },
  };
}
