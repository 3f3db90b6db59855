// The loading part of a run: batches from the plan or from a file, into the index.
import { AppError } from '../errors.ts';
import type { Cluster } from './cluster/client.ts';
import type { RunEvent } from './events.ts';
import type { Tally } from './generate/tally.ts';
import { loadBatches } from './load/index.ts';
import type { Batch } from './load/types.ts';
import type { Outcome } from './outcome.ts';
import { calmBatches } from './output/files.ts';
import { readBatches } from './output/read-batches.ts';
import type { Plan } from './plan/index.ts';
import type { RunRequest } from './run-request.ts';

export interface LoadRequest {
  readonly request: RunRequest;
  readonly plan: Plan;
  readonly cluster: Cluster;
  /** Folded while generating; stays empty when a file is loaded. */
  readonly tally: Tally;
  readonly outcome: Outcome;
}

/** Yields `progress` and keeps the counts in the outcome. Throws AppError `load-incomplete` when documents are missing. */
export async function* loadData(
  { request, plan, cluster, tally, outcome }: LoadRequest,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const source = request.dataFile
    ? readBatches(request.dataFile)
    : calmBatches(plan, request.part, tally, signal);
  let planned = 0;
  async function* counted(): AsyncGenerator<Batch> {
    for await (const batch of source) {
      planned += batch.documents;
      yield batch;
    }
  }
  let firstReason: string | undefined;
  const onRefused = ({ reason }: { reason: string }) => {
    firstReason ??= reason;
  };
  try {
    for await (const progress of loadBatches(cluster, outcome.index, counted(), {
      signal,
      onRefused,
      random: request.random,
    })) {
      const { acknowledged, refused } = progress;
      outcome.documents = { planned, acknowledged, found: 0, refused };
      yield progress;
    }
  } finally {
    outcome.documents = { ...outcome.documents, planned };
  }
  if (signal.aborted) return;
  const { acknowledged, refused } = outcome.documents;
  if (acknowledged === planned) return;
  const reason = refused > 0 ? `${refused} were refused (${firstReason})` : 'the cluster stopped answering';
  throw new AppError('load-incomplete', {
    planned,
    acknowledged,
    index: outcome.index,
    resume: request.resumeCommand,
    reason,
  });
}
