// The checks alone, on an index that this tool made: what `validate` and the wizard's "only check" run.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import { inspectCompanion } from '../cluster/indexes/companion.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import type { Connection } from '../cluster/types.ts';
import type { Directories, Environment } from '../directories.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { RunEvent } from '../events.ts';
import { runFolder } from '../history/runs.ts';
import { runChecks } from './check.ts';
import { connect } from './connect.ts';
import { assertChecks, finish, stoppedBy } from './finish.ts';
import { planOf } from './meta.ts';
import { newRunResult, type RunResult } from './run-result.ts';

export interface ExistingIndexRequest {
  readonly connection: Connection;
  readonly index: string;
  readonly environment: Environment;
  readonly directories: Directories;
  /** The line that repeats the command. */
  readonly command: string;
}

/** Yields the events of the checks; nothing is thrown, the last event is `done`. */
export async function* validateIndex(
  request: ExistingIndexRequest,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { connection, index, command } = request;
  const result = newRunResult(connection.url, index, 0);
  const stopped = () => stoppedBy(signal, 'nothing was changed');
  const checking = onExistingIndex(request, signal, (found) =>
    checkAgainstMeta(request, found, result, signal),
  );
  for await (const event of finish(checking, { result, signal, command, stopped })) {
    // Connecting counts as checking here.
    if (event.type !== 'done') yield event;
    else yield { ...event, seconds: { ...event.seconds, validate: event.seconds.total } };
  }
}

/** An index that is there, and what it remembers of its run: nothing when this tool did not make it. */
export interface ExistingIndex {
  readonly cluster: Cluster;
  readonly meta: RunMeta | undefined;
}

/**
 * Connects, works on the index, and closes the connection. Throws the error of the first rung that fails, or AppError
 * `index-missing`.
 */
export async function* onExistingIndex(
  request: ExistingIndexRequest,
  signal: AbortSignal,
  work: (found: ExistingIndex) => AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  const { connection, index } = request;
  const cluster = yield* connect(request, signal);
  try {
    const { exists, meta } = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
    if (!exists) throw new AppError('index-missing', { index, address: connection.url });
    yield* work({ cluster, meta });
  } finally {
    await cluster.close();
  }
}

/** Checks the index against the plan it remembers. Throws AppError `not-a-run` or `checks-failed`. */
export async function* checkAgainstMeta(
  { index, directories }: ExistingIndexRequest,
  { cluster, meta }: ExistingIndex,
  result: RunResult,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  if (!meta) throw new AppError('not-a-run', { index });
  result.seed = meta.seed;
  if (meta.parts !== undefined) result.parts = meta.parts;
  const guideFolder = runFolder(directories, meta.run);
  const marked = (await inspectCompanion(cluster, index, signal)) === 'ours';
  yield* runChecks({ cluster, plan: planOf(index, meta), marked, result, guideFolder, signal });
  if (!signal.aborted) assertChecks(result);
}
