import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderCents } from '../../../../src/core/generate/customers/basket.ts';
import { PLACES } from '../../../../src/core/generate/customers/places.ts';
import type { GeneratedTransaction, Transaction } from '../../../../src/core/generate/index.ts';
import type { Plan } from '../../../../src/core/plan/index.ts';
import { TRANSIENT_CODES } from '../../../../src/core/plan/latency.ts';
import { INCIDENT_CODES } from '../../../../src/core/plan/models/registry.ts';
import { GATEWAYS } from '../../../../src/core/plan/shop.ts';
import { anyNow, anyParameters, planWith, transactionsOf } from '../../../helpers/generated.ts';

const CODES: readonly string[] = INCIDENT_CODES;
const PASSING: readonly string[] = Object.values(TRANSIENT_CODES);
const MONEY = ['amount', 'unit_price'];
const STEP_ORDER = ['cart_review', 'payment_processing', 'order_confirmation'];

/** What the order of a document costs, from its other fields. */
function amountOf({
  unit_price,
  item_count,
  currency,
  geo_location: { country, city },
}: Transaction): number {
  const place = PLACES.find((one) => one.country === country && one.city === city);
  const cents = Math.round(unit_price * 100);
  return orderCents(cents, item_count, place?.salesTax ?? 0, currency === 'CAD' ? 1 : 0) / 100;
}

/** True when a call ends just after the timeout that its message names. */
function isAtWall({ error_message = '', response_time_ms }: Transaction): boolean {
  const [, timeout = '0'] = /(\d+)ms/.exec(error_message) ?? [];
  const late = response_time_ms - Number(timeout);
  return Number(timeout) >= 10_000 && Number(timeout) <= 30_000 && late >= 0 && late < 100;
}

/** The rules that hold for one document by itself; returns what it breaks. */
function broken({ source: s, ms, incident }: GeneratedTransaction, plan: Plan): string | undefined {
  const parts =
    (s.upstream_response_time_ms ?? 0) + (s.database_query_time_ms ?? 0) + (s.db_connection_wait_ms ?? 0);
  const failing = plan.incidents[incident]?.gateway;
  const rules: readonly (readonly [string, boolean])[] = [
    ['parts take no longer than the whole', s.response_time_ms >= parts],
    ['within the balancer’s patience', s.response_time_ms >= 1 && s.response_time_ms <= 35_000],
    ['waiters only at a full pool', s.db_pool_pending === 0 || s.db_pool_active === s.db_pool_max],
    [
      'inside the range, and not ahead of now',
      ms >= plan.startMs && ms < plan.endMs && Date.parse(s['@timestamp']) === ms,
    ],
    [
      'gauges are shares',
      [s.memory_usage_percent, s.cpu_usage_percent, s.heap_used_percent, s.thread_pool_active].every(
        (x = -1) => x >= 0 && x <= 100,
      ),
    ],
    [
      'whole numbers',
      Object.entries(s).every(
        ([name, x]) => typeof x !== 'number' || MONEY.includes(name) || Number.isInteger(x),
      ),
    ],
    [
      'a failure has a code, a text and a status',
      (s.status === 'error') ===
        (s.error_code !== undefined && s.error_message !== undefined && s.response_code >= 400),
    ],
    ['success is 200', s.status === 'error' || s.response_code === 200],
    ['codes of incidents stay inside incidents', incident >= 0 || !CODES.includes(s.error_code ?? '')],
    [
      'customers’ errors are 4xx, the shop’s and those in passing 5xx',
      s.error_code === undefined || [...CODES, ...PASSING].includes(s.error_code) === s.response_code >= 500,
    ],
    [
      'a connection is held at least as long as its query, and no longer than the rest',
      (s.db_connection_usage_ms === undefined) === (s.database_query_time_ms === undefined) &&
        (s.db_connection_usage_ms ?? 0) >= (s.database_query_time_ms ?? 0) &&
        (s.db_connection_usage_ms ?? 0) + (s.db_connection_wait_ms ?? 0) <= s.response_time_ms,
    ],
    [
      'an order costs its items, tax and shipping, in the currency of the country',
      s.currency === (s.geo_location.country === 'CA' ? 'CAD' : 'USD') &&
        s.item_count >= 1 &&
        s.item_count <= 4 &&
        s.amount === amountOf(s),
    ],
    [
      'a message about the pool says what the pool shows',
      s.error_code !== 'DB_CONN_EXHAUSTED' ||
        s.error_message?.includes(
          `(total=${s.db_pool_max}, active=${s.db_pool_active}, idle=0, waiting=${s.db_pool_pending})`,
        ) === true,
    ],
    [
      'a timeout is a wall at what its message says, 10 to 30 s',
      s.error_code !== 'PAYMENT_TIMEOUT' ||
        (s.response_code === 504 && isAtWall(s) && s.payment_gateway === failing),
    ],
    [
      'a failure in passing is over at what its message says',
      s.error_code !== TRANSIENT_CODES.timeout || isAtWall(s),
    ],
    [
      'an open breaker refuses at once',
      s.error_code !== 'CIRCUIT_BREAKER_OPEN' ||
        (s.circuit_breaker_state === 'open' &&
          s.response_code === 503 &&
          s.response_time_ms < 50 &&
          s.upstream_service === undefined &&
          s.upstream_response_time_ms === undefined),
    ],
    [
      'no connection after 30 s',
      s.error_code !== 'DB_CONN_EXHAUSTED' ||
        (s.response_time_ms >= 30_000 && s.database_query_time_ms === undefined),
    ],
    [
      'the upstream is the gateway',
      s.upstream_service === undefined || s.upstream_service === `payment-gateway-${s.payment_gateway}`,
    ],
    [
      'an upstream has a time',
      (s.upstream_service === undefined) === (s.upstream_response_time_ms === undefined),
    ],
    [
      'gateways are known and not at the cart',
      s.step === 'cart_review'
        ? s.payment_gateway === undefined && s.order_id === undefined
        : (GATEWAYS as readonly (string | undefined)[]).includes(s.payment_gateway) &&
          s.order_id !== undefined,
    ],
    ['retries are payments', s.retry_count === 0 || s.step === 'payment_processing'],
    ['weight is the sampling', s.sample_weight === plan.parameters.sample],
    [
      'labels only when asked',
      plan.parameters.labelDocuments
        ? s.phase !== undefined
        : s.phase === undefined && s.incident_id === undefined,
    ],
    [
      'names begin with the key',
      s.transaction_id.startsWith(`txn_${plan.key}_`) && s.session_id.startsWith(`sess_${plan.key}_`),
    ],
  ];
  const rule = rules.find(([, holds]) => !holds);
  return rule && `${rule[0]}: ${JSON.stringify(s)}`;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    group.push(item);
    groups.set(key(item), group);
  }
  return [...groups.values()];
}

function checkSession(session: readonly GeneratedTransaction[]): void {
  const sources = session.map(({ source }) => source);
  for (const field of [
    'user_id',
    'ip_address',
    'user_agent',
    'load_balancer',
    'product_id',
    'amount',
  ] as const)
    expect(new Set(sources.map((source) => source[field])).size, field).toBe(1);
  expect(new Set(sources.map(({ geo_location }) => JSON.stringify(geo_location))).size).toBe(1);
  expect(new Set(sources.flatMap(({ order_id }) => order_id ?? [])).size).toBeLessThanOrEqual(1);
  sources.forEach((source, index) => {
    const before = sources[index - 1];
    if (!before) return;
    const [step, earlier] = [STEP_ORDER.indexOf(source.step), STEP_ORDER.indexOf(before.step)];
    expect(step).toBeGreaterThanOrEqual(earlier);
    // A step begins after the one before has ended; what failed is not gone on from, but tried again.
    expect(Date.parse(source['@timestamp']) - source.response_time_ms).toBeGreaterThanOrEqual(
      Date.parse(before['@timestamp']),
    );
    if (step === earlier)
      expect([before.status, source.retry_count]).toEqual(['error', before.retry_count + 1]);
    else expect(before.status).toBe('success');
  });
}

describe('every data set', () => {
  it('keeps the rules of the shop, whatever the parameters', () => {
    fc.assert(
      fc.property(anyParameters, anyNow, (parameters, nowMs) => {
        const plan = planWith(parameters, nowMs);
        const documents = transactionsOf(plan);
        expect(documents.map((document) => broken(document, plan)).find((rule) => rule)).toBeUndefined();
        for (const session of groupBy(documents, ({ source }) => source.session_id)) checkSession(session);
        const readings = groupBy(
          documents,
          ({ ms, source }) => `${source.server_instance} ${Math.floor(ms / 10_000)}`,
        );
        for (const group of readings) {
          const seen = group.map(({ source: s }) =>
            [
              s.memory_usage_percent,
              s.cpu_usage_percent,
              s.thread_pool_active,
              s.db_pool_active,
              s.db_pool_pending,
              s.heap_used_percent,
              s.gc_pause_ms,
              s.circuit_breaker_state,
            ].join(),
          );
          expect(new Set(seen).size).toBe(1);
        }
        const ids = new Set(documents.map(({ id }) => id));
        expect(ids.size).toBe(documents.length);
        expect(documents.every(({ id }, index) => index === 0 || id > (documents[index - 1]?.id ?? ''))).toBe(
          true,
        );
        expect(documents.every(({ ms }, index) => ms >= (documents[index - 1]?.ms ?? 0))).toBe(true);
        for (const id of ids) expect(id).toMatch(/^[0-9a-z]{24}$/);
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  it('gives each product one price and each city one state, and a busy week both balancers', () => {
    const documents = transactionsOf(planWith({ sample: 400 }));
    const one = (key: (d: GeneratedTransaction) => string, value: (d: GeneratedTransaction) => unknown) => {
      for (const group of groupBy(documents, key)) expect(new Set(group.map(value)).size).toBe(1);
    };
    one(
      ({ source }) => `${source.product_id} ${source.currency}`,
      ({ source }) => `${source.unit_price} ${source.product_category}`,
    );
    one(
      ({ source }) => source.geo_location.city,
      ({ source }) => `${source.geo_location.state} ${source.geo_location.country}`,
    );
    one(
      ({ source }) => source.ip_address,
      ({ source }) => source.geo_location.city,
    );
    expect(new Set(documents.map(({ source }) => source.load_balancer)).size).toBe(2);
  });
});
