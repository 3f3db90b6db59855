// What an exhausted pool of database connections must show: waiting requests and busy threads, but fast queries.
import { CONNECTIONS, THREADS } from '../plan/shop.ts';
import { single } from './evidence-common.ts';
import type { TypeEvidence } from './type-evidence.ts';

export const databasePoolExhaustionEvidence: TypeEvidence = () => [
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
