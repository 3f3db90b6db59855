// What every incident must show, whatever its type: errors, long response times, slow successes, and its own codes.
import type { Evidence } from '../plan/preset.ts';
import { term } from './clauses.ts';

/** The unit of a field, which its name ends in; a count has none. */
function unitOf(field: string): Pick<Evidence, 'unit'> {
  if (field.endsWith('_ms')) return { unit: 'ms' };
  return field.endsWith('_percent') ? { unit: '%' } : {};
}

/** A claim whose number is the largest or smallest value of a field. */
export const single = (id: string, claim: string, kind: 'max' | 'min', field: string) => ({
  id,
  claim,
  aggs: { answer: { [kind]: { field } } },
  read: 'aggregations.answer.value',
  ...unitOf(field),
});

const ERRORS: Evidence = {
  id: 'errors',
  claim: 'Failed transactions',
  query: term('status', 'error'),
  expect: { equals: 'errors' },
};

const SLOWEST: Evidence = {
  ...single('slowest', 'Slowest transaction', 'max', 'response_time_ms'),
  expect: { equals: 'max_ms' },
};

/** Well above normal operation, where p99.9 is about a second. */
const SLOW_MS = 1500;
const SLOW_BUT_WORKING: Evidence = {
  id: 'slow-but-working',
  claim: `Transactions of ${SLOW_MS / 1000} s or more that succeeded`,
  query: {
    bool: { filter: [term('status', 'success'), { range: { response_time_ms: { gte: SLOW_MS } } }] },
  },
  expect: { at_least: 1 },
  needs_documents: 200,
};

/** One name for the failures with a code, wherever a claim counts them; the presets use the same. */
export const failuresWith = (code: string) =>
  code === 'PAYMENT_TIMEOUT' ? 'Payment timeouts' : `${code} failures`;

const withCode = (code: string): Evidence => ({
  id: `code-${code.toLowerCase().replaceAll('_', '-')}`,
  claim: failuresWith(code),
  query: term('error_code', code),
  expect: { equals: `errors.${code}` },
});

/** Errors, error codes and response times of an incident. @param codes those that its type brings. */
export const commonEvidence = (codes: readonly string[]): readonly Evidence[] => [
  ERRORS,
  SLOWEST,
  SLOW_BUT_WORKING,
  ...codes.map(withCode),
];
