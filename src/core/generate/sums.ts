// The sum of every number that documents carry, so that one changed digit is noticed.
import type { Transaction } from './transaction.ts';

/** Every number of a document, as mapping.json names them. */
export const SUMMED = [
  'response_code',
  'response_time_ms',
  'amount',
  'database_query_time_ms',
  'retry_count',
  'upstream_response_time_ms',
  'thread_pool_active',
  'memory_usage_percent',
  'cpu_usage_percent',
  'sample_weight',
  'db_pool_active',
  'db_pool_max',
  'db_pool_pending',
  'db_connection_wait_ms',
  'gc_pause_ms',
  'heap_used_percent',
] as const satisfies readonly (keyof Transaction)[];

export type Sums = Record<(typeof SUMMED)[number], number>;

export function emptySums(): Sums {
  return Object.fromEntries(SUMMED.map((field) => [field, 0])) as Sums;
}

/** Adds a document. OpenSearch keeps an amount as a 32-bit float and sums that, so the same is summed here. */
export function addToSums(sums: Sums, source: Transaction): void {
  for (const field of SUMMED)
    sums[field] += field === 'amount' ? Math.fround(source.amount) : (source[field] ?? 0);
}

/** Adds b to a. */
export function addSums(a: Sums, b: Sums): void {
  for (const field of SUMMED) a[field] += b[field];
}
