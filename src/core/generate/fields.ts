// The one table of a document's fields, in the order they are written. A new field is a line here and one in
// mapping.json; a number also needs a line in sums.ts, which the compiler asks for.
import { BALANCERS, BREAKER_STATES, CONNECTIONS, GATEWAYS, SERVERS, STEPS } from '../plan/shop.ts';
import type { Plan } from '../plan/types.ts';
import { orderId, sessionId, transactionId } from './ids.ts';
import { CALL, LABEL, OUTCOME, type Owner, PERSON, PRODUCT, READING, ROUTE } from './owners.ts';
import { NAME, NUMBERED_NAME, type Patch, TIME } from './patches.ts';
import type { Row } from './row.ts';
import { PHASES } from './transaction.ts';

/** A field: undefined as its value leaves it out. */
export type Field<V = unknown> = {
  readonly value: (row: Row, plan: Plan) => V;
} & (
  | { readonly kind: 'kept'; readonly owner: Owner }
  /** A whole number of each document's own; a negative one leaves the field out. */
  | { readonly kind: 'number'; readonly number: (row: Row) => number }
  /** A text of fixed width whose end differs; `from` is the first step that has it. */
  | { readonly kind: 'patched'; readonly patch: Patch; readonly from: number }
);

const kept = <V>(owner: Owner, value: Field<V>['value']): Field<V> => ({ kind: 'kept', owner, value });
const number = (of: (row: Row) => number): Field<number> => ({ kind: 'number', number: of, value: of });
const optional = (of: (row: Row) => number): Field<number | undefined> => ({
  kind: 'number',
  number: of,
  value: (row) => (of(row) < 0 ? undefined : of(row)),
});
const patched = <V>(patch: Patch, value: Field<V>['value'], from = 0): Field<V> => ({
  kind: 'patched',
  patch,
  from,
  value,
});

const gatewayOf = ({ step, gateway }: Row) => (step === 0 ? undefined : GATEWAYS[gateway]);

export const FIELDS = {
  '@timestamp': patched(TIME, ({ ms }) => new Date(ms).toISOString()),
  transaction_id: patched(NUMBERED_NAME, (row, { key }) => transactionId(key, row)),
  session_id: patched(NAME, (row, { key }) => sessionId(key, row)),
  user_id: kept(PERSON, ({ person }) => person.userId),
  event_type: kept(PERSON, () => 'checkout_attempt' as const),
  step: kept(OUTCOME, ({ step }) => STEPS[step] ?? ''),
  status: kept(OUTCOME, ({ failure }) => (failure ? 'error' : 'success')),
  response_code: kept(OUTCOME, ({ failure }) => failure?.status ?? 200),
  response_time_ms: number(({ responseMs }) => responseMs),
  error_message: kept(OUTCOME, ({ failure }) => failure?.message),
  error_code: kept(OUTCOME, ({ failure }) => failure?.code),
  payment_gateway: kept(OUTCOME, gatewayOf),
  amount: kept(PRODUCT, ({ product }) => product.price),
  currency: kept(PRODUCT, () => 'USD' as const),
  product_category: kept(PRODUCT, ({ product }) => product.category),
  product_id: kept(PRODUCT, ({ product }) => product.id),
  user_agent: kept(PERSON, ({ person }) => person.agent),
  ip_address: kept(PERSON, ({ person }) => person.ip),
  geo_location: kept(PERSON, ({ person }) => person.geo),
  server_instance: kept(ROUTE, ({ server }) => SERVERS[server] ?? ''),
  load_balancer: kept(ROUTE, ({ person }) => BALANCERS[person.balancer] ?? ''),
  database_query_time_ms: optional(({ queryMs }) => queryMs),
  cache_hit: kept(CALL, ({ queryMs, cacheHit }) => (queryMs < 0 ? undefined : cacheHit === 1)),
  retry_count: kept(CALL, ({ attempt }) => attempt),
  upstream_service: kept(CALL, (row) =>
    row.upstreamMs < 0 ? undefined : `payment-gateway-${GATEWAYS[row.gateway]}`,
  ),
  upstream_response_time_ms: optional(({ upstreamMs }) => upstreamMs),
  circuit_breaker_state: kept(READING, ({ reading }) => BREAKER_STATES[reading.breaker] ?? 'closed'),
  thread_pool_active: kept(READING, ({ reading }) => reading.threads),
  memory_usage_percent: kept(READING, ({ reading }) => reading.memory),
  cpu_usage_percent: kept(READING, ({ reading }) => reading.cpu),
  sample_weight: kept(READING, (_, { parameters }) => parameters.sample),
  order_id: patched(NAME, (row, { key }) => (row.step === 0 ? undefined : orderId(key, row)), 1),
  db_pool_active: kept(READING, ({ reading }) => reading.poolActive),
  db_pool_max: kept(READING, () => CONNECTIONS),
  db_pool_pending: kept(READING, ({ reading }) => reading.poolPending),
  db_connection_wait_ms: optional(({ waitMs }) => waitMs),
  gc_pause_ms: kept(READING, ({ reading }) => reading.gcMs),
  heap_used_percent: kept(READING, ({ reading }) => reading.heap),
  incident_id: kept(LABEL, ({ incident }, plan) => (labels(plan) ? plan.incidents[incident]?.id : undefined)),
  phase: kept(LABEL, ({ phase }, plan) => (labels(plan) ? PHASES[phase] : undefined)),
} satisfies Readonly<Record<string, Field>>;

const labels = ({ parameters }: Plan) => parameters.labelDocuments;

/** The fields of a plan's documents. */
export function fieldsOf(plan: Plan): (readonly [name: string, field: Field])[] {
  return Object.entries<Field>(FIELDS).filter(
    ([, field]) => labels(plan) || field.kind !== 'kept' || field.owner !== LABEL,
  );
}
