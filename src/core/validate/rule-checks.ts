// Combinations of values that the shop can never produce: one search counts them all.
import { grouped } from '../../text/numbers.ts';
import { type Clause, term, timeRange } from '../ground-truth/clauses.ts';
import type { Plan } from '../plan/index.ts';
import { TRANSIENT_CODES } from '../plan/latency.ts';
import { gatewayTimeoutMs } from '../plan/models/call-times.ts';
import { INCIDENT_CODES } from '../plan/models/registry.ts';
import { CONNECTIONS, GATEWAYS } from '../plan/shop.ts';
import { type Check, valueAt } from './check.ts';
import type { RunScope } from './scope.ts';

const below = (field: string, value: number) => ({ range: { [field]: { lt: value } } });
const above = (field: string, value: number) => ({ range: { [field]: { gt: value } } });
const exists = (field: string) => ({ exists: { field } });
const all = (...filter: Clause[]): Clause => ({ bool: { filter } });
const butNot = (filter: Clause, ...not: Clause[]): Clause => ({ bool: { filter: [filter], must_not: not } });

/** What each business rule forbids, and the search for documents that violate it. */
const VIOLATIONS: Readonly<Record<string, Clause>> = {
  'waiting while a connection is free': all(
    above('db_pool_pending', 0),
    below('db_pool_active', CONNECTIONS),
  ),
  'timeout without status 504': butNot(term('error_code', 'PAYMENT_TIMEOUT'), term('response_code', 504)),
  'rejection by a breaker that is not open': butNot(
    term('error_code', 'CIRCUIT_BREAKER_OPEN'),
    term('circuit_breaker_state', 'open'),
  ),
  'rejection by a breaker after a call': all(
    term('error_code', 'CIRCUIT_BREAKER_OPEN'),
    exists('upstream_response_time_ms'),
  ),
  'slow rejection by a breaker': all(
    term('error_code', 'CIRCUIT_BREAKER_OPEN'),
    above('response_time_ms', 1000),
  ),
  'error with a success status code': all(term('status', 'error'), below('response_code', 400)),
  'success with an error code': all(term('status', 'success'), exists('error_code')),
  // Customers' own errors are 4xx; other errors of normal operation have codes of their own.
  '5xx outside the incident and transient error codes': butNot(
    all(term('status', 'error'), above('response_code', 499)),
    { terms: { error_code: [...INCIDENT_CODES, ...Object.values(TRANSIENT_CODES)] } },
  ),
  ...Object.fromEntries(
    GATEWAYS.map((gateway) => [
      `${gateway} payment sent to another gateway`,
      butNot(
        all(term('payment_gateway', gateway), exists('upstream_service')),
        term('upstream_service', `payment-gateway-${gateway}`),
      ),
    ]),
  ),
};

/** Calls to each gateway end at the timeout that the shop has set for it. */
const timeoutRules = ({ parameters }: Plan): Readonly<Record<string, Clause>> =>
  Object.fromEntries(
    GATEWAYS.map((gateway, index) => {
      const timeoutMs = gatewayTimeoutMs(parameters.seed, index);
      const timeouts = [term('error_code', 'PAYMENT_TIMEOUT'), term('payment_gateway', gateway)];
      return [
        `${gateway} timeout before ${timeoutMs / 1000} s`,
        all(...timeouts, below('response_time_ms', timeoutMs)),
      ];
    }),
  );

const outsideRange = ({ startMs, endMs }: Plan): Clause => ({
  bool: { must_not: [timeRange(startMs, endMs)] },
});

/** No document violates a rule: found names the violated rules and how many documents violate each. */
export function ruleCheck(scope: RunScope, plan: Plan): Check {
  const filters = { ...VIOLATIONS, ...timeoutRules(plan), 'outside the time range': outsideRange(plan) };
  return {
    id: 'rules',
    title: `Documents violating any of ${Object.keys(filters).length} business rules`,
    query: scope.search({ size: 0, aggs: { violations: { filters: { filters } } } }),
    expected: 'none',
    judge: (answer) => {
      const buckets = valueAt(answer, 'aggregations.violations.buckets') as
        | Record<string, { doc_count: number }>
        | undefined;
      if (!buckets) return { ok: false, found: 'no answer' };
      const violated = Object.entries(buckets).filter(([, { doc_count }]) => doc_count > 0);
      const found = violated.map(([rule, { doc_count }]) => `${rule}: ${grouped(doc_count)}`).join('; ');
      return { ok: violated.length === 0, found: found || 'none' };
    },
  };
}

/** Incident error codes appear in incidents and their recoveries, and nowhere else. */
export function incidentCodeCheck(scope: RunScope, plan: Plan): Check {
  const windows = plan.incidents.map(({ startMs, recoveredMs }) => timeRange(startMs, recoveredMs));
  return {
    id: 'incident-codes',
    title: 'Incident error codes outside every incident',
    query: {
      method: 'GET',
      path: `${scope.index}/_count`,
      body: {
        query: {
          bool: {
            filter: [
              { terms: { error_code: INCIDENT_CODES } },
              ...(scope.ownDocuments ? [scope.ownDocuments] : []),
            ],
            must_not: windows,
          },
        },
      },
    },
    expected: '0',
    judge: (answer) => {
      const found = valueAt(answer, 'count');
      return { ok: found === 0, found: String(found) };
    },
  };
}
