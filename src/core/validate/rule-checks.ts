// Combinations of values that cannot be in a shop that works as ours does: one search counts them all.
import type { Plan } from '../plan/index.ts';
import { at, type Check } from './check.ts';
import type { Scope } from './scope.ts';

type Clause = Readonly<Record<string, unknown>>;

const term = (field: string, value: string | number) => ({ term: { [field]: value } });
const below = (field: string, value: number) => ({ range: { [field]: { lt: value } } });
const above = (field: string, value: number) => ({ range: { [field]: { gt: value } } });
const exists = (field: string) => ({ exists: { field } });
const all = (...filter: Clause[]): Clause => ({ bool: { filter } });
const butNot = (filter: Clause, ...not: Clause[]): Clause => ({ bool: { filter: [filter], must_not: not } });

const GATEWAYS = ['stripe', 'paypal', 'square'];
const POOL_SIZE = 10;
const TIMEOUT_MS = 30_000;
/** Errors of normal operation are the customer's or the shop's own: 4xx. */
const INCIDENT_CODES = [
  'PAYMENT_TIMEOUT',
  'DB_CONN_EXHAUSTED',
  'CIRCUIT_BREAKER_OPEN',
  'MEMORY_EXHAUSTED',
  'UPSTREAM_SERVICE_ERROR',
];

/** Each rule is a search for documents that break it. */
const BROKEN: Readonly<Record<string, Clause>> = {
  'waits for a connection while some are free': all(
    above('db_pool_pending', 0),
    below('db_pool_active', POOL_SIZE),
  ),
  'timeout before 30 s': all(term('error_code', 'PAYMENT_TIMEOUT'), below('response_time_ms', TIMEOUT_MS)),
  'timeout that is not a 504': butNot(term('error_code', 'PAYMENT_TIMEOUT'), term('response_code', 504)),
  'refused by a breaker that is not open': butNot(
    term('error_code', 'CIRCUIT_BREAKER_OPEN'),
    term('circuit_breaker_state', 'open'),
  ),
  'refused by a breaker after a call': all(
    term('error_code', 'CIRCUIT_BREAKER_OPEN'),
    exists('upstream_response_time_ms'),
  ),
  'refused by a breaker slowly': all(
    term('error_code', 'CIRCUIT_BREAKER_OPEN'),
    above('response_time_ms', 1000),
  ),
  'an error with a success code': all(term('status', 'error'), below('response_code', 400)),
  'a success with an error code': all(term('status', 'success'), exists('error_code')),
  'a customer’s error that is a 5xx': butNot(all(term('status', 'error'), above('response_code', 499)), {
    terms: { error_code: INCIDENT_CODES },
  }),
  ...Object.fromEntries(
    GATEWAYS.map((gateway) => [
      `another gateway called for ${gateway}`,
      butNot(
        all(term('payment_gateway', gateway), exists('upstream_service')),
        term('upstream_service', `payment-gateway-${gateway}`),
      ),
    ]),
  ),
};

function outside({ startMs, endMs }: Plan): Clause {
  const range = { lt: new Date(startMs).toISOString(), gte: new Date(endMs).toISOString() };
  return {
    bool: {
      should: [
        { range: { '@timestamp': { lt: range.lt } } },
        { range: { '@timestamp': { gte: range.gte } } },
      ],
    },
  };
}

/** No document breaks a rule: found names the rules that are broken and how often. */
export function ruleCheck(scope: Scope, plan: Plan): Check {
  const filters = { ...BROKEN, 'outside the time of the data': outside(plan) };
  return {
    id: 'rules',
    title: `Documents that break one of ${Object.keys(filters).length} rules of the shop`,
    query: {
      method: 'GET',
      path: `${scope.index}/_search`,
      body: scope.limit({ size: 0, aggs: { broken: { filters: { filters } } } }),
    },
    expected: 'none',
    judge: (answer) => {
      const buckets = at(answer, 'aggregations.broken.buckets') as
        | Record<string, { doc_count: number }>
        | undefined;
      if (!buckets) return { ok: false, found: 'no answer' };
      const broken = Object.entries(buckets).filter(([, { doc_count }]) => doc_count > 0);
      const found = broken.map(([rule, { doc_count }]) => `${doc_count} ${rule}`).join('; ');
      return { ok: broken.length === 0, found: found || 'none' };
    },
  };
}

/** The codes of incidents are found in incidents and their recoveries, and nowhere else. */
export function incidentCodeCheck(scope: Scope, plan: Plan): Check {
  const windows = plan.incidents.map(({ startMs, recoveredMs }) => ({
    range: {
      '@timestamp': { gte: new Date(startMs).toISOString(), lt: new Date(recoveredMs).toISOString() },
    },
  }));
  return {
    id: 'incident-codes',
    title: 'Error codes of incidents outside every incident',
    query: {
      method: 'GET',
      path: `${scope.index}/_count`,
      body: {
        query: {
          bool: {
            filter: [{ terms: { error_code: INCIDENT_CODES } }, ...(scope.scoped ? [scope.scoped] : [])],
            must_not: windows,
          },
        },
      },
    },
    expected: '0',
    judge: (answer) => {
      const found = at(answer, 'count');
      return { ok: found === 0, found: String(found) };
    },
  };
}
