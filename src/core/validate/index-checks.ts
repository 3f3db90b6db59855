// Checks on the whole index: the count, the two reference queries, health, and a sample of documents.
import { grouped } from '../../text/numbers.ts';
import type { Tally } from '../generate/count/tally.ts';
import { term } from '../ground-truth/clauses.ts';
import { type Check, numberAt, valueAt } from './check.ts';
import { DISTRIBUTION, SLOW_ERRORS } from './reference-queries.ts';
import type { RunScope } from './scope.ts';
import { hoursCheck, totalsCheck } from './sum-checks.ts';

/** OpenSearch counts hits exactly only up to this number by default. */
const EXACT_HITS = 10_000;

const compared = (expected: number, found: number) => ({ ok: expected === found, found: String(found) });

function countCheck({ index, ownDocuments }: RunScope, tally: Tally): Check {
  return {
    id: 'count',
    title: 'Documents in the index',
    query: {
      method: 'GET',
      path: `${index}/_count`,
      ...(ownDocuments ? { body: { query: ownDocuments } } : {}),
    },
    expected: String(tally.documents),
    judge: (answer) => compared(tally.documents, numberAt(answer, 'count')),
  };
}

interface Distribution {
  readonly success: number;
  readonly error: number;
  readonly hours: number;
  readonly maxMs: number;
}

const distributionText = ({ success, error, hours, maxMs }: Distribution) =>
  `${grouped(success)} success, ${grouped(error)} error, ${hours} hours, slowest ${grouped(maxMs)} ms`;

function distributionIn(answer: unknown): Distribution {
  const buckets = (path: string) =>
    (valueAt(answer, `aggregations.${path}.buckets`) ?? []) as { key: string; doc_count: number }[];
  const status = (key: string) =>
    buckets('status_distribution').find((bucket) => bucket.key === key)?.doc_count ?? 0;
  return {
    success: status('success'),
    error: status('error'),
    hours: buckets('timeline').filter(({ doc_count }) => doc_count > 0).length,
    // Without documents there is no maximum.
    maxMs: numberAt(answer, 'aggregations.response_time_stats.max') || 0,
  };
}

function distributionCheck(scope: RunScope, tally: Tally): Check {
  const expected = distributionText({
    success: tally.byStatus.success,
    error: tally.byStatus.error,
    hours: Object.keys(tally.byHour).length,
    maxMs: tally.maxResponseMs,
  });
  return {
    id: 'data-distribution',
    title: 'Distribution by status, hour and response time',
    query: scope.search(DISTRIBUTION),
    expected,
    judge: (answer) => {
      const found = distributionText(distributionIn(answer));
      return { ok: found === expected, found };
    },
  };
}

function slowErrorCheck(scope: RunScope, tally: Tally): Check {
  const many = tally.slowErrors > EXACT_HITS;
  const expected = many ? `more than ${grouped(EXACT_HITS)}` : String(tally.slowErrors);
  return {
    id: 'performance-incidents',
    title: 'Failed transactions of 5 s or more',
    query: scope.search(SLOW_ERRORS),
    expected,
    judge: (answer) => {
      const found = numberAt(answer, 'hits.total.value');
      const open = valueAt(answer, 'hits.total.relation') === 'gte';
      return {
        ok: many ? open : !open && found === tally.slowErrors,
        found: open ? `more than ${grouped(found)}` : String(found),
      };
    },
  };
}

function healthCheck({ index }: RunScope): Check {
  return {
    id: 'index-health',
    title: 'Index health',
    query: { method: 'GET', path: `_cluster/health/${index}` },
    expected: 'green or yellow',
    judge: (answer) => {
      const found = String(valueAt(answer, 'status'));
      return { ok: found === 'green' || found === 'yellow', found };
    },
  };
}

/** Fields of every document. */
const REQUIRED_FIELDS = [
  '@timestamp',
  'transaction_id',
  'session_id',
  'step',
  'status',
  'response_time_ms',
  'server_instance',
  'sample_weight',
];

/** A document is valid when no required field is missing and its parts take no longer than the whole. */
function isValid(source: Record<string, unknown>): boolean {
  const ms = (field: string) => Number(source[field] ?? 0);
  const parts = ms('upstream_response_time_ms') + ms('database_query_time_ms') + ms('db_connection_wait_ms');
  return REQUIRED_FIELDS.every((field) => source[field] !== undefined) && ms('response_time_ms') >= parts;
}

function sampleCheck(scope: RunScope, tally: Tally): Check {
  const wanted = Math.min(5, tally.documents - tally.markers);
  return {
    id: 'sample-documents',
    title: 'Valid documents in a sample of five',
    query: {
      method: 'GET',
      path: `${scope.index}/_search?size=5`,
      body: scope.limited({ query: term('event_type', 'checkout_attempt') }),
    },
    expected: String(wanted),
    judge: (answer) => {
      const hits = (valueAt(answer, 'hits.hits') ?? []) as { _source?: Record<string, unknown> }[];
      const valid = hits.filter(({ _source }) => _source !== undefined && isValid(_source)).length;
      return { ok: hits.length === wanted && valid === wanted, found: String(valid) };
    },
  };
}

/** The checks that hold for any data set. */
export function indexChecks(scope: RunScope, tally: Tally): Check[] {
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
