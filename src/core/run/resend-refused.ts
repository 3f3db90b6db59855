// `load --refused FILE`: documents that a cluster refused, once more. What it takes now leaves the file.

import { renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AppError, asAppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import { refreshIndex } from '../cluster/indexes/refresh.ts';
import type { Documents } from '../documents/batch.ts';
import { batchOf } from '../documents/batch.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { RunEvent } from '../events.ts';
import { endRun, runFolder } from '../history/runs.ts';
import { loadBatches, type RefusedDocument } from '../load/index.ts';
import { runChecks } from './check.ts';
import { connect } from './connect.ts';
import { planOf } from './meta.ts';
import { readRefused, refusedAdvice, refusedFile } from './refused-file.ts';
import {
  assertChecks,
  doneEvent,
  newRunResult,
  type RunResult,
  secondsSince,
  stoppedBy,
} from './run-result.ts';
import type { ValidateRequest } from './validate-index.ts';

export interface ResendRequest extends ValidateRequest {
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

/** Sends the documents; those that are refused again are kept in place of the file. */
async function* send(
  { file, random }: ResendRequest,
  cluster: Cluster,
  outcome: RunResult,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const documents = readRefused(file);
  const { index } = outcome;
  const again = refusedFile(dirname(file), `.${basename(file)}.partial`);
  const options = { signal, random, onRefused: again.add };
  let settled = 0;
  for await (const progress of loadBatches(cluster, index, batchesOf(documents), options)) {
    const { acknowledged, refused } = progress;
    settled = acknowledged + refused;
    outcome.documents = { planned: documents.length, acknowledged, found: 0, refused };
    yield progress;
  }
  if (settled < documents.length) {
    // Stopped half-way: the file stays as it is, and what was taken will be there already.
    rmSync(again.path, { force: true });
    return;
  }
  await refreshIndex(cluster, index, signal);
  const { refused } = outcome.documents;
  if (refused > 0) renameSync(again.path, file);
  else rmSync(file);
  yield { type: 'loaded', ...outcome.documents, seconds: outcome.seconds.load };
  if (refused === 0) return;
  yield { type: 'refused', groups: again.groups(), file };
  const { planned, acknowledged } = outcome.documents;
  const reason = `${grouped(refused)} were refused again (${again.firstReason()})`;
  const values = { planned, acknowledged, index, reason, ...refusedAdvice(outcome, file) };
  throw new AppError('load-incomplete', values);
}

async function* work(
  request: ResendRequest,
  outcome: RunResult,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { connection, index, directories } = request;
  // A file that cannot be read is said before anybody is asked.
  readRefused(request.file);
  const cluster = yield* connect(request, signal);
  try {
    const { exists, meta } = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
    if (!exists) throw new AppError('index-missing', { index, address: connection.url });
    yield* send(request, cluster, outcome, signal);
    if (signal.aborted || !meta) return;
    // From here on it is about the whole run, of which these documents were the rest.
    outcome.documents = { planned: 0, acknowledged: 0, found: 0, refused: 0 };
    outcome.seed = meta.seed;
    const guideFolder = runFolder(directories, meta.run);
    yield* runChecks({ cluster, plan: planOf(index, meta), outcome, guideFolder }, signal);
    assertChecks(outcome);
    endRun(directories, meta.run);
  } finally {
    await cluster.close();
  }
}

/** Yields the events of a load; nothing is thrown, the last event is `done`. */
export async function* resendRefused(request: ResendRequest, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const start = performance.now();
  const outcome = newRunResult(request.connection.url, request.index, 0);
  let failure: AppError | undefined;
  try {
    yield* work(request, outcome, signal);
  } catch (error) {
    failure = asAppError(error);
  }
  if (signal.aborted)
    failure = stoppedBy(signal, 'the file is as it was', `Run it again: ${request.command}`);
  yield doneEvent(outcome, { command: request.command, total: secondsSince(start), failure });
}
