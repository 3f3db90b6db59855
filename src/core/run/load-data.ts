// The loading part of a run: batches from the plan or from a file, into the index.

import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { readBatches } from '../dataset/read.ts';
import type { Batch, Documents } from '../documents/batch.ts';
import { type IdRange, idRangeOf } from '../documents/ids.ts';
import type { LoadProgress, RunEvent } from '../events.ts';
import type { Tally } from '../generate/count/tally.ts';
import { streamBatches } from '../generate/stream.ts';
import { runFolder } from '../history/runs.ts';
import { FIRST_BYTES, loadBatches } from '../load/index.ts';
import type { Journal } from '../load/journal.ts';
import type { Plan } from '../plan/index.ts';
import { watchIndex } from './index-watch.ts';
import { type RefusedFile, refusedAdvice, refusedFile } from './refused-file.ts';
import type { RunRequest } from './request.ts';
import type { RunResult } from './run-result.ts';

export interface LoadStage {
  readonly request: RunRequest;
  readonly plan: Plan;
  readonly cluster: Cluster;
  /** Folded while generating; stays empty when a file is loaded. */
  readonly tally: Tally;
  readonly outcome: RunResult;
  /** How many documents are likely to come. */
  readonly expected: number;
  /** uuid of the index; empty when it is not told. */
  readonly uuid: string;
  /** What was acknowledged before is not sent again. Files have none: they are sent whole. */
  readonly journal?: Journal | undefined;
}

/**
 * The documents that are not acknowledged yet, which stretch of the run each batch stands for, and counts.
 * `planned` is exact once `whole` is true.
 */
class ResumableSource {
  planned = 0;
  /** Documents that an earlier run of the same id had acknowledged. */
  before = 0;
  whole = false;
  readonly #spans = new Map<Documents, IdRange>();
  readonly #batches: AsyncIterable<Batch>;
  readonly #journal: Journal | undefined;

  constructor(batches: AsyncIterable<Batch>, journal: Journal | undefined) {
    this.#batches = batches;
    this.#journal = journal;
  }

  async *unacknowledged(signal: AbortSignal): AsyncGenerator<Documents> {
    for await (const batch of this.#batches) {
      this.planned += batch.documents;
      const rest = this.#journal ? this.#journal.acknowledged.rest(batch) : batch;
      this.before += batch.documents - (rest?.documents ?? 0);
      if (rest && this.#journal) this.#spans.set(rest, idRangeOf(batch));
      // What is left of it is a copy.
      if (rest !== batch) batch.release?.();
      if (rest) yield rest;
    }
    this.whole = !signal.aborted;
  }

  /** Every document of a batch is in the index. */
  readonly settled = (batch: Documents): void => {
    const span = this.#spans.get(batch);
    this.#spans.delete(batch);
    if (span) this.#journal?.note(span);
  };

  /** What the loader tells, with what it did not have to send. */
  withBefore(progress: LoadProgress): LoadProgress {
    const { before } = this;
    return {
      ...progress,
      generated: progress.generated + before,
      acknowledged: progress.acknowledged + before,
      alreadyThere: progress.alreadyThere + before,
    };
  }
}

/** Yields `progress` and `refused`, and keeps the counts in the outcome. Throws AppError `load-incomplete` when documents are missing. */
export async function* loadData(
  { request, plan, cluster, tally, outcome, expected, uuid, journal }: LoadStage,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const size = { bytes: FIRST_BYTES };
  const batches = request.dataFile
    ? readBatches(request.dataFile)
    : streamBatches(plan, request.part, tally, signal, {
        maxBytes: () => request.batchBytes ?? size.bytes,
        threads: request.threads?.(expected),
      });
  const source = new ResumableSource(batches, journal);
  const watch = watchIndex(cluster, outcome.index, uuid, signal);
  // Of a load that was stopped half-way only the expected number is known.
  const settle = () => {
    const { planned, whole } = source;
    outcome.documents = { ...outcome.documents, planned: whole ? planned : Math.max(planned, expected) };
  };
  const refused = refusedFile(runFolder(request.directories, request.id));
  try {
    const { random, control, requestMs, giveUpMs } = request;
    const limits = { requestMs, giveUpMs, random, control, size };
    const options = { ...limits, signal, onRefused: refused.add, onAllCreated: source.settled };
    for await (const told of loadBatches(cluster, outcome.index, source.unacknowledged(signal), options)) {
      const progress = source.withBefore(told);
      const { acknowledged, refused: count } = progress;
      const more = count > outcome.documents.refused;
      outcome.documents = { planned: source.planned, acknowledged, found: 0, refused: count };
      yield progress;
      if (more) yield { type: 'refused', groups: refused.groups(), file: refused.path };
      watch.look(told.elapsedMs);
    }
    if (!signal.aborted) await watch.ask();
  } catch (error) {
    // The loader knows neither how the run is gone on with nor that more was to come.
    if (!(error instanceof AppError) || !GONE.includes(error.code)) throw error;
    settle();
    const reason = error.values['reason'];
    if (reason !== undefined) throw incomplete(request, outcome, refused, String(reason));
    throw incomplete(request, outcome, refused, DELETED, 'None');
  } finally {
    settle();
  }
  const { refused: count, acknowledged } = outcome.documents;
  if (signal.aborted || acknowledged === source.planned) return;
  throw incomplete(request, outcome, refused, `${grouped(count)} were refused (${refused.firstReason()})`);
}

const DELETED = 'the index was deleted while it was loaded';

/** The loader gave up, or the index was removed under it. */
const GONE: readonly string[] = ['load-incomplete', 'index-missing'];

function incomplete(
  request: RunRequest,
  { documents, index, url }: RunResult,
  refused: RefusedFile,
  reason: string,
  /** What of it is there; a deleted index took with it what was acknowledged. */
  there: number | 'None' = documents.acknowledged,
): AppError {
  const { planned } = documents;
  const values = { planned, acknowledged: there, index, reason, resume: request.resumeCommand(index) };
  return new AppError(
    'load-incomplete',
    documents.refused > 0 ? { ...values, ...refusedAdvice({ url, index }, refused.path) } : values,
  );
}
