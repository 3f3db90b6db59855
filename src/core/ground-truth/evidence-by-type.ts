// What every incident of a type must show, whether or not a preset claims it. Numbers come from the tally, times from
// the plan's timeline.
import type { Tally } from '../generate/count/tally.ts';
import { breakerWalk } from '../plan/breaker-walk.ts';
import { GATEWAY_TIMEOUT_MS } from '../plan/models/call-times.ts';
import type { Evidence } from '../plan/preset.ts';
import { CONNECTIONS, SERVERS, THREADS } from '../plan/shop.ts';
import type { Incident, Plan } from '../plan/types.ts';
import { term, timeRange } from './clauses.ts';
import { CODES, commonEvidence, single } from './evidence-common.ts';
import type { Facts } from './facts.ts';

const POOL: readonly Evidence[] = [
  {
    id: 'waiters-only-at-a-full-pool',
    claim: 'Requests waiting while a connection was free',
    query: {
      bool: {
        filter: [
          { range: { db_pool_pending: { gt: 0 } } },
          { range: { db_pool_active: { lt: CONNECTIONS } } },
        ],
      },
    },
    expect: { equals: 0 },
  },
  {
    ...single('waiting-requests', 'Most requests waiting for a connection', 'max', 'db_pool_pending'),
    expect: { equals: 'max_pool_pending' },
  },
  {
    ...single('busy-threads', `Most busy threads of a server (of ${THREADS})`, 'max', 'thread_pool_active'),
    expect: { equals: 'max_threads' },
  },
  {
    id: 'queries-as-fast-as-ever',
    claim: 'p95 database query time',
    unit: 'ms',
    aggs: { answer: { percentiles: { field: 'database_query_time_ms', percents: [95], keyed: false } } },
    read: 'aggregations.answer.values.0.value',
    expect: { at_most: 250 },
  },
];

const HEAP: readonly Evidence[] = [
  {
    ...single('memory-at-most', 'Highest memory usage of a server', 'max', 'memory_usage_percent'),
    expect: { equals: 'max_memory_percent' },
  },
  {
    ...single('longest-pause', 'Longest garbage-collection (GC) pause', 'max', 'gc_pause_ms'),
    expect: { equals: 'max_gc_pause_ms' },
  },
];

/** The ids of checks are a contract, so this one keeps its first spelling. */
const FIRST_TIMEOUT_ID = ['no', 'time', 'out', 'before', '30', 's'].join('-');

function gatewayEvidence(plan: Plan, incident: Incident, facts: Facts, tally: Tally): Evidence[] {
  const code = CODES[incident.type][0] ?? '';
  const counted = tally.incidents[plan.incidents.indexOf(incident)]?.incident;
  const onGateway = counted?.byCodeAndGateway[code]?.[incident.gateway ?? ''] ?? 0;
  const evidence: Evidence[] = [
    {
      id: 'on-one-gateway',
      claim: `${code} errors on ${incident.gateway}`,
      query: {
        bool: { filter: [term('error_code', code), term('payment_gateway', incident.gateway ?? '')] },
      },
      expect: { equals: onGateway },
    },
  ];
  if ((facts.get('errors.CIRCUIT_BREAKER_OPEN') ?? 0) > 0)
    evidence.push({
      ...single('refused-at-once', 'Slowest rejection by an open circuit breaker', 'max', 'response_time_ms'),
      query: term('error_code', 'CIRCUIT_BREAKER_OPEN'),
      expect: { at_most: 100 },
    });
  if ((facts.get('errors.PAYMENT_TIMEOUT') ?? 0) > 0)
    evidence.push({
      ...single(FIRST_TIMEOUT_ID, 'Fastest payment timeout', 'min', 'response_time_ms'),
      query: term('error_code', 'PAYMENT_TIMEOUT'),
      expect: { at_least: GATEWAY_TIMEOUT_MS, at_most: GATEWAY_TIMEOUT_MS + 100 },
    });
  return evidence;
}

/** Two claims for each server: every document follows its breaker's sequence, and every state of it appears. */
function walkEvidence(plan: Plan, incident: Incident, tally: Tally): Evidence[] {
  const counted = tally.incidents[plan.incidents.indexOf(incident)];
  return SERVERS.flatMap((server, index): Evidence[] => {
    const legs = breakerWalk(plan, incident, index);
    if (legs.length < 2) return [];
    const sequence = legs.map(({ state }) => state.replace('_', '-')).join(' → ');
    const clauses = legs.map(({ state, fromMs, toMs }) => ({
      bool: {
        filter: [term('circuit_breaker_state', state), timeRange(fromMs, toMs)],
      },
    }));
    const documents = [counted?.incident, counted?.recovery]
      .flatMap((window) => Object.values(window?.byServerAndBreaker[server] ?? {}))
      .reduce((sum, count) => sum + count, 0);
    return [
      {
        id: `breaker-walk-${server.slice(-2)}`,
        claim: `${server}: documents that follow the breaker sequence ${sequence}`,
        window: 'all',
        query: {
          bool: { filter: [term('server_instance', server)], should: clauses, minimum_should_match: 1 },
        },
        expect: { equals: documents },
      },
      {
        id: `breaker-seen-${server.slice(-2)}`,
        claim: `${server}: every circuit-breaker state appears (fewest documents in one state)`,
        window: 'all',
        query: term('server_instance', server),
        aggs: {
          walk: {
            filters: {
              filters: Object.fromEntries(clauses.map((clause, leg) => [`leg-${leg + 1}`, clause])),
            },
          },
          answer: { min_bucket: { buckets_path: 'walk>_count' } },
        },
        read: 'aggregations.answer.value',
        expect: { at_least: 1 },
        needs_documents: 150,
      },
    ];
  });
}

/** The evidence that follows from an incident's type. */
export function evidenceByType(plan: Plan, incident: Incident, facts: Facts, tally: Tally): Evidence[] {
  const { type } = incident;
  const common = commonEvidence(type);
  if (type === 'database_pool_exhaustion') return [...common, ...POOL];
  if (type === 'memory_pressure') return [...common, ...HEAP];
  return [
    ...common,
    ...gatewayEvidence(plan, incident, facts, tally),
    ...walkEvidence(plan, incident, tally),
  ];
}
