// The checks alone, on an index that this tool made: what `validate` and the wizard's "only check" run.

import { AppError, asAppError } from '../../errors/app-error.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import type { Connection } from '../cluster/types.ts';
import type { Directories, Environment } from '../directories.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { RunEvent } from '../events.ts';
import { runFolder } from '../history/runs.ts';
import { runChecks } from './check.ts';
import { connect } from './connect.ts';
import { planOf } from './meta.ts';
import {
  assertChecks,
  doneEvent,
  newRunResult,
  type RunResult,
  secondsSince,
  stoppedBy,
} from './run-result.ts';

export interface ValidateRequest {
  readonly connection: Connection;
  readonly index: string;
  readonly environment: Environment;
  readonly directories: Directories;
  /** The line that repeats the checks. */
  readonly command: string;
}

async function* checks(
  request: ValidateRequest,
  outcome: RunResult,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { connection, index } = request;
  const cluster = yield* connect(request, signal);
  try {
    const state = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
    if (!state.exists) throw new AppError('index-missing', { index, address: connection.url });
    if (!state.meta) throw new AppError('not-a-run', { index });
    outcome.seed = state.meta.seed;
    if (state.meta.parts !== undefined) outcome.parts = state.meta.parts;
    const guideFolder = runFolder(request.directories, state.meta.run);
    yield* runChecks({ cluster, plan: planOf(index, state.meta), outcome, guideFolder }, signal);
  } finally {
    await cluster.close();
  }
  if (!signal.aborted) assertChecks(outcome);
}

/** Yields the events of the checks; nothing is thrown, the last event is `done`. */
export async function* validateIndex(
  request: ValidateRequest,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const start = performance.now();
  const outcome = newRunResult(request.connection.url, request.index, 0);
  let failure: AppError | undefined;
  try {
    yield* checks(request, outcome, signal);
  } catch (error) {
    failure = asAppError(error);
  }
  if (signal.aborted) failure = stoppedBy(signal, 'nothing was changed', '');
  const total = secondsSince(start);
  outcome.seconds.validate = total;
  yield doneEvent(outcome, { command: request.command, total, failure });
}
