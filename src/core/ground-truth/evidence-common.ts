// What every incident must show, whatever its type: errors, long answers, slow ones that work, and its own codes.

import type { IncidentType } from '../plan/incident-types.ts';
import type { Evidence } from '../plan/preset.ts';

export const term = (field: string, value: string) => ({ term: { [field]: value } });
export const single = (id: string, question: string, kind: 'max' | 'min', field: string) => ({
  id,
  question,
  aggs: { answer: { [kind]: { field } } },
  read: 'aggregations.answer.value',
});

const ERRORS: Evidence = {
  id: 'errors',
  question: 'How many of the {documents} transactions fail?',
  query: term('status', 'error'),
  expect: { equals: 'errors' },
};

const SLOWEST: Evidence = {
  ...single('slowest', 'How long does the slowest transaction take?', 'max', 'response_time_ms'),
  expect: { equals: 'max_ms' },
};

/** Well above what a calm shop takes: 99.9 % are done within about a second. */
const SLOW_MS = 1500;
const SLOW_BUT_WORKING: Evidence = {
  id: 'slow-but-working',
  question: `How many transactions take ${SLOW_MS / 1000} s or longer and still work?`,
  query: {
    bool: { filter: [term('status', 'success'), { range: { response_time_ms: { gte: SLOW_MS } } }] },
  },
  expect: { at_least: 1 },
  needs_documents: 200,
};

const withCode = (code: string, question: string): Evidence => ({
  id: `code-${code.toLowerCase().replaceAll('_', '-')}`,
  question,
  query: term('error_code', code),
  expect: { equals: `errors.${code}` },
});

/** Codes that an incident of a type brings, the telling one first. */
export const CODES: Readonly<Record<IncidentType, readonly string[]>> = {
  payment_gateway_timeout: ['PAYMENT_TIMEOUT', 'CIRCUIT_BREAKER_OPEN'],
  database_pool_exhaustion: ['DB_CONN_EXHAUSTED'],
  memory_pressure: ['MEMORY_EXHAUSTED'],
  circuit_breaker: ['CIRCUIT_BREAKER_OPEN', 'UPSTREAM_SERVICE_ERROR'],
  upstream_degradation: ['UPSTREAM_SERVICE_ERROR'],
};

/** Errors, their codes and answer times of an incident of a type. */
export function commonEvidence(type: IncidentType): Evidence[] {
  const codes = CODES[type].map((code) => withCode(code, `How many transactions fail with ${code}?`));
  return [ERRORS, SLOWEST, SLOW_BUT_WORKING, ...codes];
}
