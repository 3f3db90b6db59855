// The checks alone, on an index that this tool made: what `validate` and the wizard's "only check" run.
import { AppError, asAppError } from '../../errors/app-error.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import type { Connection } from '../cluster/types.ts';
import type { Directories, Environment } from '../directories.ts';
import type { RunEvent } from '../events.ts';
import { runFolder } from '../history/runs.ts';
import { checkData } from './check-data.ts';
import { connect } from './connect.ts';
import { planOf } from './meta.ts';
import { assertChecks, doneEvent, newOutcome, type Outcome, secondsSince, stoppedBy } from './outcome.ts';

export interface CheckRequest {
  readonly connection: Connection;
  readonly index: string;
  readonly environment: Environment;
  readonly directories: Directories;
  /** The line that repeats the checks. */
  readonly command: string;
}

async function* checks(
  request: CheckRequest,
  outcome: Outcome,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { connection, index } = request;
  const cluster = yield* connect(request, signal);
  try {
    const state = await inspectIndex(cluster, index, signal);
    if (!state.exists) throw new AppError('index-missing', { index, address: connection.url });
    if (!state.meta) throw new AppError('not-a-run', { index });
    outcome.seed = state.meta.seed;
    if (state.meta.parts !== undefined) outcome.parts = state.meta.parts;
    const guideFolder = runFolder(request.directories, state.meta.run);
    yield* checkData({ cluster, plan: planOf(index, state.meta), outcome, guideFolder }, signal);
  } finally {
    await cluster.close();
  }
  if (!signal.aborted) assertChecks(outcome);
}

/** Yields the events of the checks; nothing is thrown, the last event is `done`. */
export async function* checkRun(request: CheckRequest, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const start = performance.now();
  const outcome = newOutcome(request.connection.url, request.index, 0);
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
