// The sum of every numeric field, so that the checks notice one changed digit.
import { CONNECTIONS } from '../../plan/shop.ts';
import type { Row } from '../customers/row.ts';
import type { Transaction } from '../encode/transaction.ts';

type NumberField = {
  [Name in keyof Transaction]: NonNullable<Transaction[Name]> extends number ? Name : never;
}[keyof Transaction];

export type Sums = Record<NumberField, number>;

export const emptySums = (): Sums => ({
  response_code: 0,
  response_time_ms: 0,
  amount: 0,
  unit_price: 0,
  item_count: 0,
  database_query_time_ms: 0,
  retry_count: 0,
  upstream_response_time_ms: 0,
  thread_pool_active: 0,
  memory_usage_percent: 0,
  cpu_usage_percent: 0,
  sample_weight: 0,
  db_pool_active: 0,
  db_pool_max: 0,
  db_pool_pending: 0,
  db_connection_wait_ms: 0,
  db_connection_usage_ms: 0,
  gc_pause_ms: 0,
  heap_used_percent: 0,
});

/** Every numeric field, as mapping.json names it. */
export const SUMMED = Object.keys(emptySums()) as readonly NumberField[];

/**
 * Adds a document; written out because it runs for each. OpenSearch keeps an amount as a 32-bit float and sums that, so
 * the same is summed here. @param weight of the sample.
 */
export function addToSums(sums: Sums, row: Row, weight: number): void {
  const { reading } = row;
  sums.response_code += row.failure?.status ?? 200;
  sums.response_time_ms += row.responseMs;
  sums.amount += Math.fround(row.cents / 100);
  sums.unit_price += Math.fround((row.product.cents[row.currency] ?? 0) / 100);
  sums.item_count += row.items;
  if (row.queryMs > 0) sums.database_query_time_ms += row.queryMs;
  sums.retry_count += row.attempt;
  if (row.upstreamMs > 0) sums.upstream_response_time_ms += row.upstreamMs;
  sums.sample_weight += weight;
  sums.db_pool_max += CONNECTIONS;
  if (row.waitMs > 0) sums.db_connection_wait_ms += row.waitMs;
  if (row.usageMs > 0) sums.db_connection_usage_ms += row.usageMs;
  if (!reading.reported) return;
  sums.thread_pool_active += reading.threads;
  sums.memory_usage_percent += reading.memory;
  sums.cpu_usage_percent += reading.cpu;
  sums.db_pool_active += reading.poolActive;
  sums.db_pool_pending += reading.poolPending;
  sums.gc_pause_ms += reading.gcMs;
  sums.heap_used_percent += reading.heap;
}

/** Adds b to a. */
export function addSums(a: Sums, b: Sums): void {
  for (const field of SUMMED) a[field] += b[field];
}
