// The one table of a document's fields, in the order they are written. A new field is a line here and one in
// mapping.json; a number also needs a line in sums.ts, which the compiler asks for.

import { addressText, orderId, sessionId, transactionId } from '../../documents/ids.ts';
import { BALANCERS, BREAKER_STATES, CONNECTIONS, GATEWAYS, SERVERS, STEPS } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import { PHASES } from '../../plan/types.ts';
import { AGENTS } from '../customers/agents.ts';
import { geoOf, PLACES } from '../customers/places.ts';
import type { Row } from '../customers/row.ts';
import { AGENT, CALL, type CacheKey, LABEL, OUTCOME, PRODUCT, READING, ROUTE, SLOT } from './cache-keys.ts';
import { type Put, putAddress } from './digits.ts';
import { ORDER_SUFFIX, SESSION_SUFFIX, STEP_SUFFIX, TIME_SUFFIX, USER_SUFFIX } from './overwrites.ts';

/** A value that is prepared once for each key of its owner, but for the end that the owner's patch writes. */
interface TemplateField {
  readonly kind: 'prepared';
  readonly owner: CacheKey;
  /** Characters of that end; 0 when there is none. */
  readonly end: number;
}

/** A number of each document's own among what its owner prepares; a negative one is left out. */
interface NumberField {
  readonly kind: 'number';
  readonly owner: CacheKey;
  readonly number: (row: Row) => number;
}

/** A value of its own, for which nothing is prepared. */
export interface OwnField {
  readonly kind: 'own';
  readonly number: (row: Row) => number;
  readonly put: Put;
  /** True when it stays the same through a session. */
  readonly ofSession: boolean;
}

/** A field: undefined as its value leaves it out. */
export type Field<V = unknown> = { readonly value: (row: Row, plan: Plan) => V } & (
  | TemplateField
  | NumberField
  | OwnField
);

const prepared = <V>(owner: CacheKey, value: Field<V>['value'], end = 0): Field<V> => ({
  kind: 'prepared',
  owner,
  end,
  value,
});

const number = (owner: CacheKey, of: (row: Row) => number): Field<number> => ({
  kind: 'number',
  owner,
  number: of,
  value: of,
});

const optional = (owner: CacheKey, of: (row: Row) => number): Field<number | undefined> => ({
  ...number(owner, of),
  value: (row) => (of(row) < 0 ? undefined : of(row)),
});

const address = (of: (row: Row) => number): Field<string> => ({
  kind: 'own',
  number: of,
  put: putAddress,
  ofSession: true,
  value: (row) => addressText(of(row)),
});

const gatewayOf = ({ step, gateway }: Row) => (step === 0 ? undefined : GATEWAYS[gateway]);

export const FIELDS = {
  '@timestamp': prepared(SLOT, ({ ms }) => new Date(ms).toISOString(), TIME_SUFFIX),
  transaction_id: prepared(SLOT, (row, { key }) => transactionId(key, row), STEP_SUFFIX),
  session_id: prepared(SLOT, (row, { key }) => sessionId(key, row), SESSION_SUFFIX),
  user_id: prepared(SLOT, ({ person }) => `user_${person.user}`, USER_SUFFIX),
  event_type: prepared(SLOT, () => 'checkout_attempt' as const),
  step: prepared(OUTCOME, ({ step }) => STEPS[step] ?? ''),
  status: prepared(OUTCOME, ({ failure }) => (failure ? 'error' : 'success')),
  response_code: prepared(OUTCOME, ({ failure }) => failure?.status ?? 200),
  response_time_ms: number(OUTCOME, ({ responseMs }) => responseMs),
  error_message: prepared(OUTCOME, ({ failure }) => failure?.message),
  error_code: prepared(OUTCOME, ({ failure }) => failure?.code),
  payment_gateway: prepared(OUTCOME, gatewayOf),
  amount: prepared(PRODUCT, ({ product }) => product.price),
  currency: prepared(PRODUCT, () => 'USD' as const),
  product_category: prepared(PRODUCT, ({ product }) => product.category),
  product_id: prepared(PRODUCT, ({ product }) => product.id),
  user_agent: prepared(AGENT, ({ person }) => AGENTS[person.agent]?.text ?? ''),
  ip_address: address(({ person }) => person.address),
  geo_location: prepared(ROUTE, ({ person }) => geoOf(PLACES[person.place])),
  server_instance: prepared(ROUTE, ({ server }) => SERVERS[server] ?? ''),
  load_balancer: prepared(ROUTE, ({ person }) => BALANCERS[PLACES[person.place]?.east ? 1 : 0]),
  database_query_time_ms: optional(CALL, ({ queryMs }) => queryMs),
  cache_hit: prepared(CALL, ({ queryMs, cacheHit }) => (queryMs < 0 ? undefined : cacheHit === 1)),
  retry_count: prepared(CALL, ({ attempt }) => attempt),
  upstream_service: prepared(CALL, (row) =>
    row.upstreamMs < 0 ? undefined : `payment-gateway-${GATEWAYS[row.gateway]}`,
  ),
  upstream_response_time_ms: optional(CALL, ({ upstreamMs }) => upstreamMs),
  circuit_breaker_state: prepared(READING, ({ reading }) => BREAKER_STATES[reading.breaker] ?? 'closed'),
  thread_pool_active: prepared(READING, ({ reading }) => reading.threads),
  memory_usage_percent: prepared(READING, ({ reading }) => reading.memory),
  cpu_usage_percent: prepared(READING, ({ reading }) => reading.cpu),
  sample_weight: prepared(READING, (_, { parameters }) => parameters.sample),
  order_id: prepared(
    READING,
    (row, { key }) => (row.step === 0 ? undefined : orderId(key, row)),
    ORDER_SUFFIX,
  ),
  db_pool_active: prepared(READING, ({ reading }) => reading.poolActive),
  db_pool_max: prepared(READING, () => CONNECTIONS),
  db_pool_pending: prepared(READING, ({ reading }) => reading.poolPending),
  db_connection_wait_ms: optional(READING, ({ waitMs }) => waitMs),
  gc_pause_ms: prepared(READING, ({ reading }) => reading.gcMs),
  heap_used_percent: prepared(READING, ({ reading }) => reading.heap),
  incident_id: prepared(LABEL, ({ incident }, plan) =>
    labels(plan) ? plan.incidents[incident]?.id : undefined,
  ),
  phase: prepared(LABEL, ({ phase }, plan) => (labels(plan) ? PHASES[phase] : undefined)),
} satisfies Readonly<Record<string, Field>>;

const labels = ({ parameters }: Plan) => parameters.labelDocuments;

/** The fields of a plan's documents. */
export function fieldsOf(plan: Plan): (readonly [name: string, field: Field])[] {
  return Object.entries<Field>(FIELDS).filter(
    ([, field]) => labels(plan) || field.kind === 'own' || field.owner !== LABEL,
  );
}
