// What every incident of a type must show, whether a preset asks for it or not. Numbers come from the tally, times from
// the plan's timeline.
import type { Tally } from '../generate/count/tally.ts';
import { breakerWalk } from '../plan/breaker-walk.ts';
import type { Evidence } from '../plan/preset.ts';
import { SERVERS } from '../plan/shop.ts';
import type { Incident, Plan } from '../plan/types.ts';
import { CODES, commonEvidence, single, term } from './evidence-common.ts';
import type { Facts } from './facts.ts';

const POOL: readonly Evidence[] = [
  {
    id: 'waiters-only-at-a-full-pool',
    question: 'Does a request wait for a connection while one is free?',
    query: {
      bool: {
        filter: [{ range: { db_pool_pending: { gt: 0 } } }, { range: { db_pool_active: { lt: 10 } } }],
      },
    },
    expect: { equals: 0 },
  },
  {
    ...single(
      'waiting-requests',
      'How many requests wait for a connection at most?',
      'max',
      'db_pool_pending',
    ),
    expect: { equals: 'max_pool_pending' },
  },
  {
    ...single('busy-threads', 'How many threads are busy at most?', 'max', 'thread_pool_active'),
    expect: { equals: 'max_threads' },
  },
  {
    id: 'queries-as-fast-as-ever',
    question: 'How long do 95 of 100 queries take?',
    aggs: { answer: { percentiles: { field: 'database_query_time_ms', percents: [95], keyed: false } } },
    read: 'aggregations.answer.values.0.value',
    expect: { at_most: 250 },
  },
];

const HEAP: readonly Evidence[] = [
  {
    ...single('memory-at-most', 'How much memory does a server use at most?', 'max', 'memory_usage_percent'),
    expect: { equals: 'max_memory_percent' },
  },
  {
    ...single('longest-pause', 'How long is the longest collection?', 'max', 'gc_pause_ms'),
    expect: { equals: 'max_gc_pause_ms' },
  },
];

function gatewayEvidence(plan: Plan, incident: Incident, facts: Facts, tally: Tally): Evidence[] {
  const code = CODES[incident.type][0] ?? '';
  const counted = tally.incidents[plan.incidents.indexOf(incident)]?.incident;
  const onGateway = counted?.byCodeAndGateway[code]?.[incident.gateway ?? ''] ?? 0;
  const evidence: Evidence[] = [
    {
      id: 'on-one-gateway',
      question: `How many of the ${code} errors are on ${incident.gateway}?`,
      query: {
        bool: { filter: [term('error_code', code), term('payment_gateway', incident.gateway ?? '')] },
      },
      expect: { equals: onGateway },
    },
  ];
  if ((facts.get('errors.CIRCUIT_BREAKER_OPEN') ?? 0) > 0)
    evidence.push({
      ...single(
        'refused-at-once',
        'How long does the slowest refusal by an open breaker take?',
        'max',
        'response_time_ms',
      ),
      query: term('error_code', 'CIRCUIT_BREAKER_OPEN'),
      expect: { at_most: 100 },
    });
  if ((facts.get('errors.PAYMENT_TIMEOUT') ?? 0) > 0)
    evidence.push({
      ...single(
        'no-time-out-before-30-s',
        'How soon does the fastest time-out come?',
        'min',
        'response_time_ms',
      ),
      query: term('error_code', 'PAYMENT_TIMEOUT'),
      expect: { at_least: 30_000, at_most: 30_100 },
    });
  return evidence;
}

/** Two questions for each server: does every document agree with its breaker's walk, and is each part of it seen? */
function walkEvidence(plan: Plan, incident: Incident, tally: Tally): Evidence[] {
  const counted = tally.incidents[plan.incidents.indexOf(incident)];
  return SERVERS.flatMap((server, index): Evidence[] => {
    const legs = breakerWalk(plan, incident, index);
    if (legs.length < 2) return [];
    const walk = legs.map(({ state }) => state).join(', ');
    const clauses = legs.map(({ state, fromMs, toMs }) => ({
      bool: {
        filter: [
          term('circuit_breaker_state', state),
          {
            range: {
              '@timestamp': { gte: new Date(fromMs).toISOString(), lt: new Date(toMs).toISOString() },
            },
          },
        ],
      },
    }));
    const documents = [counted?.incident, counted?.recovery]
      .flatMap((window) => Object.values(window?.byServerAndBreaker[server] ?? {}))
      .reduce((sum, count) => sum + count, 0);
    return [
      {
        id: `breaker-walk-${server.slice(-2)}`,
        question: `How many documents of ${server} agree with the walk ${walk}?`,
        window: 'all',
        query: {
          bool: { filter: [term('server_instance', server)], should: clauses, minimum_should_match: 1 },
        },
        expect: { equals: documents },
      },
      {
        id: `breaker-seen-${server.slice(-2)}`,
        question: `How many documents show the least seen part of that walk of ${server}?`,
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
