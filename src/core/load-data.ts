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
  /** How many documents are likely to come. */
  readonly expected: number;
}

/** Yields `progress` and `refused`, and keeps the counts in the outcome. Throws AppError `load-incomplete` when documents are missing. */
export async function* loadData(
  { request, plan, cluster, tally, outcome, expected }: LoadRequest,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const source = request.dataFile
    ? readBatches(request.dataFile)
    : calmBatches(plan, request.part, tally, signal);
  let planned = 0;
  let whole = false;
  async function* counted(): AsyncGenerator<Batch> {
    for await (const batch of source) {
      planned += batch.documents;
      yield batch;
    }
    whole = !signal.aborted;
  }
  // Of a load that was stopped half-way only the expected number is known.
  const settle = () => {
    outcome.documents = { ...outcome.documents, planned: whole ? planned : Math.max(planned, expected) };
  };
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
    if (!(error instanceof AppError) || !GONE.includes(error.code)) throw error;
    settle();
    throw incomplete(
      request,
      outcome,
      refused,
      String(error.values['reason'] ?? 'the index was removed while it was loaded'),
    );
  } finally {
    settle();
  }
  if (signal.aborted || outcome.documents.acknowledged === planned) return;
  const reason = `${outcome.documents.refused} were refused (${refused.firstReason()})`;
  throw incomplete(request, outcome, refused, reason);
}

/** The loader gave up, or the index was removed under it. */
const GONE: readonly string[] = ['load-incomplete', 'index-missing'];

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
