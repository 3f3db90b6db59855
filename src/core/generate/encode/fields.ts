// The one table of a document's fields, in the order they are written. A new field is a line here and one in
// mapping.json; a number also needs a line in sums.ts, which the compiler asks for.

import { addressText, orderId, sessionId, transactionId } from '../../documents/ids.ts';
import { sampleAt } from '../../plan/sampling.ts';
import {
  BALANCERS,
  BREAKER_STATES,
  CHECKOUT_STEPS,
  CONNECTIONS,
  CURRENCIES,
  GATEWAYS,
  SERVERS,
} from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import { PHASES } from '../../plan/types.ts';
import { agentsOf } from '../customers/agents.ts';
import { balancerOf, geoOf, PLACES } from '../customers/places.ts';
import type { Row } from '../customers/row.ts';
import type { Reading } from '../customers/shop-state.ts';
import {
  AGENT,
  CALL,
  type CacheKey,
  CONNECTION,
  LABEL,
  OUTCOME,
  PRODUCT,
  READING,
  ROUTE,
  SLOT,
} from './cache-keys.ts';
import { type Put, putAddress, putMoney } from './digits.ts';
import { ORDER_SUFFIX, SESSION_SUFFIX, STEP_SUFFIX, TIME_SUFFIX, USER_SUFFIX } from './overwrites.ts';

/** Encoded once per cache key; the last `suffixLength` characters are overwritten for each document. */
interface TemplateField {
  readonly kind: 'template';
  readonly key: CacheKey;
  readonly suffixLength: number;
}

/** A number of each document's own within a template; a negative one is left out. */
interface NumberField {
  readonly kind: 'number';
  readonly key: CacheKey;
  readonly number: (row: Row) => number;
}

/** A value that is written anew for each document. */
export interface OwnField {
  readonly kind: 'own';
  readonly number: (row: Row) => number;
  readonly put: Put;
}

/** A field. A value of undefined leaves it out. */
export type Field<V = unknown> = { readonly value: (row: Row, plan: Plan) => V } & (
  | TemplateField
  | NumberField
  | OwnField
);

const template = <V>(key: CacheKey, value: Field<V>['value'], suffixLength = 0): Field<V> => ({
  kind: 'template',
  key,
  suffixLength,
  value,
});

const number = (key: CacheKey, of: (row: Row) => number): Field<number> => ({
  kind: 'number',
  key,
  number: of,
  value: of,
});

const optional = (key: CacheKey, of: (row: Row) => number): Field<number | undefined> => ({
  ...number(key, of),
  value: (row) => (of(row) < 0 ? undefined : of(row)),
});

const address = (of: (row: Row) => number): Field<string> => ({
  kind: 'own',
  number: of,
  put: putAddress,
  value: (row) => addressText(of(row)),
});

/** What a server reports, unless there is a gap in it. */
const gauge = (of: (reading: Reading) => number): Field<number | undefined> =>
  template(READING, ({ reading }) => (reading.reported ? of(reading) : undefined));

/** Cents as a number of whole units. */
const money = (of: (row: Row) => number): Field<number> => ({
  kind: 'own',
  number: of,
  put: putMoney,
  value: (row) => of(row) / 100,
});

const gatewayOf = ({ step, gateway }: Row) => (step === 0 ? undefined : GATEWAYS[gateway]);

export const FIELDS = {
  '@timestamp': template(SLOT, ({ ms }) => new Date(ms).toISOString(), TIME_SUFFIX),
  transaction_id: template(SLOT, (row, { key }) => transactionId(key, row), STEP_SUFFIX),
  session_id: template(SLOT, (row, { key }) => sessionId(key, row), SESSION_SUFFIX),
  user_id: template(SLOT, ({ user }) => `user_${user}`, USER_SUFFIX),
  event_type: template(SLOT, () => 'checkout_attempt' as const),
  step: template(OUTCOME, ({ step }) => CHECKOUT_STEPS[step] ?? ''),
  status: template(OUTCOME, ({ failure }) => (failure ? 'error' : 'success')),
  response_code: template(OUTCOME, ({ failure }) => failure?.status ?? 200),
  response_time_ms: number(OUTCOME, ({ responseMs }) => responseMs),
  error_message: template(OUTCOME, ({ failure }) => failure?.message),
  error_code: template(OUTCOME, ({ failure }) => failure?.code),
  payment_gateway: template(OUTCOME, gatewayOf),
  amount: money(({ cents }) => cents),
  currency: template(PRODUCT, ({ currency }) => CURRENCIES[currency] ?? ''),
  product_category: template(PRODUCT, ({ product }) => product.category),
  product_id: template(PRODUCT, ({ product }) => product.id),
  unit_price: template(PRODUCT, ({ product, currency }) => (product.cents[currency] ?? 0) / 100),
  item_count: number(PRODUCT, ({ items }) => items),
  user_agent: template(AGENT, ({ agent }, plan) => agentsOf(plan)[agent]?.text ?? ''),
  ip_address: address((row) => row.address),
  geo_location: template(ROUTE, ({ place }) => geoOf(PLACES[place])),
  server_instance: template(ROUTE, ({ server }) => SERVERS[server] ?? ''),
  load_balancer: template(ROUTE, ({ place }) => BALANCERS[balancerOf(place)]),
  database_query_time_ms: optional(CALL, ({ queryMs }) => queryMs),
  cache_hit: template(CALL, ({ queryMs, cacheHit }) => (queryMs < 0 ? undefined : cacheHit === 1)),
  retry_count: template(CALL, ({ attempt }) => attempt),
  upstream_service: template(CALL, (row) =>
    row.upstreamMs < 0 ? undefined : `payment-gateway-${GATEWAYS[row.gateway]}`,
  ),
  upstream_response_time_ms: optional(CALL, ({ upstreamMs }) => upstreamMs),
  circuit_breaker_state: template(READING, ({ reading }) => BREAKER_STATES[reading.breaker] ?? 'closed'),
  thread_pool_active: gauge(({ threads }) => threads),
  memory_usage_percent: gauge(({ memory }) => memory),
  cpu_usage_percent: gauge(({ cpu }) => cpu),
  sample_weight: template(READING, ({ ms }, plan) => sampleAt(plan, ms)),
  order_id: template(
    READING,
    (row, { key }) => (row.step === 0 ? undefined : orderId(key, row)),
    ORDER_SUFFIX,
  ),
  db_pool_active: gauge(({ poolActive }) => poolActive),
  db_pool_max: template(READING, () => CONNECTIONS),
  db_pool_pending: gauge(({ poolPending }) => poolPending),
  gc_pause_ms: gauge(({ gcMs }) => gcMs),
  heap_used_percent: gauge(({ heap }) => heap),
  service_version: template(READING, ({ reading }) => reading.version),
  db_connection_wait_ms: optional(CONNECTION, ({ waitMs }) => waitMs),
  db_connection_usage_ms: optional(CONNECTION, ({ usageMs }) => usageMs),
  incident_id: template(LABEL, ({ incident }, plan) =>
    labels(plan) ? plan.incidents[incident]?.id : undefined,
  ),
  phase: template(LABEL, ({ phase }, plan) => (labels(plan) ? PHASES[phase] : undefined)),
} satisfies Readonly<Record<string, Field>>;

const labels = ({ parameters }: Plan) => parameters.labelDocuments;

/** The fields of a plan's documents. */
export function fieldsOf(plan: Plan): (readonly [name: string, field: Field])[] {
  return Object.entries<Field>(FIELDS).filter(
    ([, field]) => labels(plan) || field.kind === 'own' || field.key !== LABEL,
  );
}
