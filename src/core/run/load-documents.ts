// Sends the documents of a run, from its plan or from a file, and says what is missing when it cannot send all.
import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import { readBatches } from '../dataset/read.ts';
import type { Batch } from '../documents/batch.ts';
import type { LoadProgress, RunEvent } from '../events.ts';
import { streamBatches } from '../generate/stream.ts';
import { FIRST_BYTES, loadBatches } from '../load/index.ts';
import type { Journal } from '../load/journal.ts';
import { asDeleted } from './deleted-index.ts';
import { watchIndex } from './index-watch.ts';
import { type RefusedFile, refusedAdvice, refusedFile } from './refused-file.ts';
import { ResumableSource } from './resumable-source.ts';
import type { LoadedRun } from './stages.ts';

/** The tally is filled while documents are generated. */
export interface LoadDocuments extends LoadedRun {
  /** uuid of the index; empty when the service does not tell (Serverless). */
  readonly uuid: string;
  readonly journal: Journal | undefined;
}

/** Set by the loader: how large the next batch should be. */
interface Size {
  bytes: number;
}

/**
 * Yields `progress` and `refused`, and keeps the counts in the result. Throws AppError `load-incomplete` when documents
 * are missing at the end, or what no retry can fix.
 */
export async function* loadDocuments(run: LoadDocuments): AsyncGenerator<RunEvent> {
  const { request, result, cluster, signal, uuid, journal, record } = run;
  const size = { bytes: FIRST_BYTES };
  const source = new ResumableSource(batchesOf(run, size), journal);
  const watch = watchIndex(cluster, result.index, uuid, signal);
  const refused = refusedFile(record.folder);
  try {
    const { random, control, requestMs, giveUpMs } = request;
    const limits = { requestMs, giveUpMs, random, control, size, clock: run.clock };
    const options = { ...limits, signal, onRefused: refused.add, onAllCreated: source.delivered };
    for await (const sent of loadBatches(cluster, result.index, source.unacknowledged(signal), options)) {
      yield* report(run, source, refused, sent);
      watch.look(sent.elapsedMs);
    }
    if (!signal.aborted) await watch.ask();
  } catch (error) {
    countPlanned(run, source);
    throw incompleteIfEnded(run, refused, error);
  }
  countPlanned(run, source);
  const { refused: count, acknowledged } = result.documents;
  if (!signal.aborted && acknowledged !== source.planned)
    throw incomplete(run, refused, `${grouped(count)} were refused (${refused.firstReason()})`);
}

function batchesOf(
  { request, plan, tally, signal, expected }: LoadDocuments,
  size: Size,
): AsyncIterable<Batch> {
  if (request.dataFile) return readBatches(request.dataFile);
  return streamBatches(plan, request.part, tally, signal, {
    maxBytes: () => request.batchBytes ?? size.bytes,
    threads: request.threads?.(expected),
  });
}

/** Yields the progress, and the reasons of rejections when there are more of them than before. */
function* report(
  { result }: LoadDocuments,
  source: ResumableSource,
  refused: RefusedFile,
  sent: LoadProgress,
): Generator<RunEvent> {
  const progress = source.withEarlier(sent);
  const { acknowledged, refused: count } = progress;
  const more = count > result.documents.refused;
  result.documents = { planned: source.planned, acknowledged, found: 0, refused: count };
  yield progress;
  if (more) yield { type: 'refused', groups: refused.groups(), file: refused.path };
}

/** Of a load that ended early only the expected number of documents is known. */
function countPlanned({ result, expected }: LoadDocuments, { planned, complete }: ResumableSource): void {
  result.documents = { ...result.documents, planned: complete ? planned : Math.max(planned, expected) };
}

/** The loader's own errors know neither how the run is resumed nor that more documents were to come. */
function incompleteIfEnded(run: LoadDocuments, refused: RefusedFile, error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  if (error.code === 'load-incomplete') return incomplete(run, refused, String(error.values['reason']));
  return asDeleted(error, run);
}

function incomplete({ request, result }: LoadDocuments, refused: RefusedFile, reason: string): AppError {
  const { documents, index } = result;
  const { planned, acknowledged } = documents;
  const values = { planned, acknowledged, index, reason, resume: request.resumeCommand(index) };
  const advice = documents.refused > 0 ? refusedAdvice(result, refused.path) : {};
  return new AppError('load-incomplete', { ...values, ...advice });
}
