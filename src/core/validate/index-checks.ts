// Checks on the whole index: the count, the two searches everyone runs, health, and a look at some documents.
import type { Tally } from '../generate/count/tally.ts';
import { at, type Check, numberAt } from './check.ts';
import { DISTRIBUTION, SLOW_ERRORS } from './reference-queries.ts';
import type { Scope } from './scope.ts';
import { hoursCheck, totalsCheck } from './sum-checks.ts';

/** OpenSearch counts hits exactly up to this number unless it is asked for more. */
const EXACT_HITS = 10_000;

const same = (expected: number, found: number) => ({ ok: expected === found, found: String(found) });

function countCheck({ index, scoped }: Scope, tally: Tally): Check {
  return {
    id: 'count',
    title: 'Documents in the index',
    query: { method: 'GET', path: `${index}/_count`, ...(scoped ? { body: { query: scoped } } : {}) },
    expected: String(tally.documents),
    judge: (answer) => same(tally.documents, numberAt(answer, 'count')),
  };
}

interface Distribution {
  readonly success: number;
  readonly error: number;
  readonly hours: number;
  readonly maxMs: number;
}

const distributionText = ({ success, error, hours, maxMs }: Distribution) =>
  `${success} success, ${error} error, ${hours} hours, slowest ${maxMs} ms`;

function distributionIn(answer: unknown): Distribution {
  const buckets = (path: string) =>
    (at(answer, `aggregations.${path}.buckets`) ?? []) as { key: string; doc_count: number }[];
  const status = (key: string) =>
    buckets('status_distribution').find((bucket) => bucket.key === key)?.doc_count ?? 0;
  return {
    success: status('success'),
    error: status('error'),
    hours: buckets('timeline').filter(({ doc_count }) => doc_count > 0).length,
    // Of no documents there is no maximum.
    maxMs: numberAt(answer, 'aggregations.response_time_stats.max') || 0,
  };
}

function distributionCheck(scope: Scope, tally: Tally): Check {
  const expected = distributionText({
    success: tally.byStatus.success,
    error: tally.byStatus.error,
    hours: Object.keys(tally.byHour).length,
    maxMs: tally.maxResponseMs,
  });
  return {
    id: 'data-distribution',
    title: 'Data distribution',
    query: { method: 'GET', path: `${scope.index}/_search`, body: scope.limit(DISTRIBUTION) },
    expected,
    judge: (answer) => {
      const found = distributionText(distributionIn(answer));
      return { ok: found === expected, found };
    },
  };
}

function slowErrorCheck(scope: Scope, tally: Tally): Check {
  const many = tally.slowErrors > EXACT_HITS;
  const expected = many ? `more than ${EXACT_HITS}` : String(tally.slowErrors);
  return {
    id: 'performance-incidents',
    title: 'Errors slower than 5 s',
    query: { method: 'GET', path: `${scope.index}/_search`, body: scope.limit(SLOW_ERRORS) },
    expected,
    judge: (answer) => {
      const found = numberAt(answer, 'hits.total.value');
      const open = at(answer, 'hits.total.relation') === 'gte';
      return {
        ok: many ? open : !open && found === tally.slowErrors,
        found: open ? `more than ${found}` : String(found),
      };
    },
  };
}

function healthCheck({ index }: Scope): Check {
  return {
    id: 'index-health',
    title: 'Health of the index',
    query: { method: 'GET', path: `_cluster/health/${index}` },
    expected: 'green or yellow',
    judge: (answer) => {
      const found = String(at(answer, 'status'));
      return { ok: found === 'green' || found === 'yellow', found };
    },
  };
}

const ALWAYS = [
  '@timestamp',
  'transaction_id',
  'session_id',
  'step',
  'status',
  'response_time_ms',
  'server_instance',
  'sample_weight',
];

/** A document is sound when it has what every document has and its parts take no longer than the whole. */
function isSound(source: Record<string, unknown>): boolean {
  const ms = (field: string) => Number(source[field] ?? 0);
  const parts = ms('upstream_response_time_ms') + ms('database_query_time_ms') + ms('db_connection_wait_ms');
  return ALWAYS.every((field) => source[field] !== undefined) && ms('response_time_ms') >= parts;
}

function sampleCheck(scope: Scope, tally: Tally): Check {
  const wanted = Math.min(5, tally.documents);
  return {
    id: 'sample-documents',
    title: 'A look at five documents',
    query: {
      method: 'GET',
      path: `${scope.index}/_search?size=5`,
      ...(scope.scoped ? { body: { query: scope.scoped } } : {}),
    },
    expected: `${wanted} sound documents`,
    judge: (answer) => {
      const hits = (at(answer, 'hits.hits') ?? []) as { _source?: Record<string, unknown> }[];
      const sound = hits.filter(({ _source }) => _source !== undefined && isSound(_source)).length;
      return { ok: hits.length === wanted && sound === wanted, found: `${sound} sound documents` };
    },
  };
}

/** The checks that hold for any data set. */
export function indexChecks(scope: Scope, tally: Tally): Check[] {
  return [
    countCheck(scope, tally),
    distributionCheck(scope, tally),
    slowErrorCheck(scope, tally),
    totalsCheck(scope, tally),
    hoursCheck(scope, tally),
    healthCheck(scope),
    sampleCheck(scope, tally),
  ];
}
