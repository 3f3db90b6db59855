// `load --refused FILE`: retries documents that a cluster rejected. Those it takes now leave the file.
import { renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { refreshIndex } from '../cluster/indexes/refresh.ts';
import { batchOf, type Documents } from '../documents/batch.ts';
import type { RunEvent } from '../events.ts';
import { endRun } from '../history/runs.ts';
import { loadBatches, type RefusedDocument } from '../load/index.ts';
import { type ExistingIndex, type ExistingIndexRequest, onExistingIndex } from './existing-index.ts';
import { finish, stoppedBy } from './finish.ts';
import { type RefusedFile, readRefused, refusedAdvice, refusedFile } from './refused-file.ts';
import { NO_DOCUMENTS, newRunResult, type RunResult } from './run-result.ts';
import { checkAgainstMeta } from './validate-index.ts';

export interface ResendRequest extends ExistingIndexRequest {
  /** One JSON line for each document: id, reason and source. */
  readonly file: string;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
}

const BATCH_DOCUMENTS = 500;

function* batchesOf(documents: readonly RefusedDocument[]): Generator<Documents> {
  for (let at = 0; at < documents.length; at += BATCH_DOCUMENTS) {
    const some = documents.slice(at, at + BATCH_DOCUMENTS);
    yield batchOf(some.map(({ id, source }) => `${JSON.stringify({ create: { _id: id } })}\n${source}\n`));
  }
}

/** Yields the events of a load; nothing is thrown, the last event is `done`. */
export async function* resendRefused(request: ResendRequest, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const { connection, index, command } = request;
  const result = newRunResult(connection.url, index, 0);
  const stopped = () => stoppedBy(signal, 'the file is as it was', `Run it again: ${command}`);
  yield* finish(resend(request, result, signal), { result, signal, command, stopped });
}

async function* resend(
  request: ResendRequest,
  result: RunResult,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  // An unreadable file is reported before the cluster is asked.
  readRefused(request.file);
  yield* onExistingIndex(request, signal, (found) => sendAndCheck(request, found, result, signal));
}

async function* sendAndCheck(
  request: ResendRequest,
  found: ExistingIndex,
  result: RunResult,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { cluster, meta } = found;
  yield* send(request, cluster, result, signal);
  if (signal.aborted || !meta) return;
  // From here on it is about the whole run, of which these documents were the rest.
  result.documents = NO_DOCUMENTS;
  yield* checkAgainstMeta(request, found, result, signal);
  if (!signal.aborted) endRun(request.directories, meta.run);
}

/** Sends the documents; those that are rejected again are kept in place of the file. */
async function* send(
  { file, random }: ResendRequest,
  cluster: Cluster,
  result: RunResult,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const documents = readRefused(file);
  const { index } = result;
  const again = refusedFile(dirname(file), `.${basename(file)}.partial`);
  const options = { signal, random, onRefused: again.add };
  for await (const progress of loadBatches(cluster, index, batchesOf(documents), options)) {
    const { acknowledged, refused } = progress;
    result.documents = { planned: documents.length, acknowledged, found: 0, refused };
    yield progress;
  }
  const { acknowledged, refused } = result.documents;
  if (acknowledged + refused < documents.length) {
    // Stopped half-way: the file stays as it is, and what was taken will be there already.
    rmSync(again.path, { force: true });
    return;
  }
  await refreshIndex(cluster, index, signal);
  if (refused > 0) renameSync(again.path, file);
  else rmSync(file);
  yield { type: 'loaded', ...result.documents, seconds: result.seconds.load };
  if (refused > 0) yield* refusedAgain(result, again, file);
}

/** Says which documents were rejected again; throws AppError `load-incomplete`. */
function* refusedAgain(result: RunResult, again: RefusedFile, file: string): Generator<RunEvent> {
  yield { type: 'refused', groups: again.groups(), file };
  const { index, documents } = result;
  const { planned, acknowledged, refused } = documents;
  const reason = `${grouped(refused)} were refused again (${again.firstReason()})`;
  const values = { planned, acknowledged, index, reason, ...refusedAdvice(result, file) };
  throw new AppError('load-incomplete', values);
}
