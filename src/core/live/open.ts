// The index that a live shop goes on in: what it remembers, and how far its documents go.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import { makePlan, type PlanInput } from '../plan/make-plan.ts';
import { planInputOf } from '../run/meta.ts';

export interface LivedIn {
  readonly meta: RunMeta;
  readonly input: PlanInput;
  /** Where its documents end, a whole second. */
  readonly endMs: number;
}

/** What an index holds; undefined where there is none. Throws AppError `not-a-run` for one that this tool did not make. */
export async function livedIn(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<LivedIn | undefined> {
  const { exists, meta } = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
  if (!exists) return undefined;
  if (!meta) throw new AppError('not-a-run', { index });
  const input = planInputOf(index, meta);
  return { meta, input, endMs: makePlan(input).endMs };
}
