// The index that a live shop goes on in: what it remembers, how far its documents go, and that they are whole.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import { countDocuments } from '../cluster/indexes/count.ts';
import { refreshIndex } from '../cluster/indexes/refresh.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import { timeSpan } from '../cluster/indexes/time-span.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { wholeSecond } from '../plan/durations.ts';
import { makePlan, type PlanInput } from '../plan/make-plan.ts';
import type { Plan } from '../plan/types.ts';
import { assertSamePlan, planInputOf } from '../run/meta.ts';
import { documentsOfPlan } from '../validate/scope.ts';

export interface LivedIn {
  readonly meta: RunMeta;
  readonly input: PlanInput;
  /** Every document that ends before it is in the index; a whole second. */
  readonly endMs: number;
  /** No document ends at or after it; a whole second. Later than `endMs` where a live shop was killed. */
  readonly lastMs: number;
}

/**
 * What an index holds; undefined where there is none. Throws AppError `not-a-run` for one that this tool did not make,
 * `other-plan` for one of another version, and `live-incomplete` where documents of its run are missing.
 */
export async function livedIn(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<LivedIn | undefined> {
  const { exists, meta } = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
  if (!exists) return undefined;
  if (!meta) throw new AppError('not-a-run', { index });
  const input = planInputOf(index, meta);
  const plan = makePlan(input);
  assertSamePlan(index, meta, plan);
  // What was sent last may not be searchable yet.
  await refreshIndex(cluster, index, signal);
  await assertWhole(cluster, index, { meta, plan, signal });
  const span = await timeSpan(cluster, index, signal);
  const lastMs = Math.max(plan.endMs, wholeSecond(span?.lastMs ?? 0) + 1000);
  return { meta, input, endMs: plan.endMs, lastMs };
}

interface Whole {
  readonly meta: RunMeta;
  readonly plan: Plan;
  readonly signal: AbortSignal | undefined;
}

/** A shop goes on from a whole past: an unfinished load, or some of several parts, has none. */
async function assertWhole(cluster: Cluster, index: string, { meta, plan, signal }: Whole): Promise<void> {
  const past = { range: { '@timestamp': { lt: plan.endMs, format: 'epoch_millis' } } };
  const query = { bool: { filter: [documentsOfPlan(STORED_TRANSACTIONS, plan), past] } };
  const found = await countDocuments(cluster, index, { query, signal });
  const { documents } = TRANSACTIONS.tally.count(plan);
  if (found === documents) return;
  throw new AppError('live-incomplete', { index, found, documents, parts: meta.parts !== undefined });
}
