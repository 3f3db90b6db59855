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
import { type RefusedFile, refusedFile } from './refused-file.ts';
import type { RunRequest } from './run-request.ts';
import { runFolder } from './run-store.ts';

export interface LoadRequest {
  readonly request: RunRequest;
  readonly plan: Plan;
  readonly cluster: Cluster;
  /** Folded while generating; stays empty when a file is loaded. */
  readonly tally: Tally;
  readonly outcome: Outcome;
}

/** Yields `progress` and `refused`, and keeps the counts in the outcome. Throws AppError `load-incomplete` when documents are missing. */
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
  const refused = refusedFile(runFolder(request.directories, request.id));
  try {
    const { random, control } = request;
    const options = { signal, onRefused: refused.add, random, control };
    for await (const progress of loadBatches(cluster, outcome.index, counted(), options)) {
      const { acknowledged, refused: count } = progress;
      const more = count > outcome.documents.refused;
      outcome.documents = { planned, acknowledged, found: 0, refused: count };
      yield progress;
      if (more) yield { type: 'refused', groups: refused.groups(), file: refused.path };
    }
  } catch (error) {
    // The loader knows neither how the run is gone on with nor that more was to come.
    if (!(error instanceof AppError) || error.code !== 'load-incomplete') throw error;
    throw incomplete(
      request,
      outcome,
      refused,
      String(error.values['reason'] ?? 'the cluster stopped answering'),
    );
  } finally {
    outcome.documents = { ...outcome.documents, planned };
  }
  if (signal.aborted || outcome.documents.acknowledged === planned) return;
  const reason = `${outcome.documents.refused} were refused (${refused.firstReason()})`;
  throw incomplete(request, outcome, refused, reason);
}

function incomplete(
  request: RunRequest,
  { documents, index }: Outcome,
  refused: RefusedFile,
  reason: string,
): AppError {
  const { planned, acknowledged } = documents;
  const values = { planned, acknowledged, index, reason, resume: request.resumeCommand };
  return new AppError(
    'load-incomplete',
    documents.refused > 0 ? { ...values, refusedFile: refused.path } : values,
  );
}
