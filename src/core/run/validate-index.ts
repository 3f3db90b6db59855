// The checks alone, on an index that this tool made: what `validate` and the wizard's "only check" run.
import { AppError } from '../../errors/app-error.ts';
import { inspectCompanion } from '../cluster/indexes/companion.ts';
import type { RunEvent } from '../events.ts';
import { runFolder } from '../history/runs.ts';
import { runChecks } from './check.ts';
import { type ExistingIndex, type ExistingIndexRequest, onExistingIndex } from './existing-index.ts';
import { assertChecks, finish, stoppedBy } from './finish.ts';
import { planOf } from './meta.ts';
import { newRunResult, type RunResult } from './run-result.ts';

export interface ValidateIndexRequest extends ExistingIndexRequest {
  /** Compare every document, however many there are. @default false */
  readonly deep?: boolean;
}

/** Yields the events of the checks; nothing is thrown, the last event is `done`. */
export async function* validateIndex(
  request: ValidateIndexRequest,
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

/** Checks the index against the plan it remembers. Throws AppError `not-a-run` or `checks-failed`. */
export async function* checkAgainstMeta(
  { index, directories, deep }: ValidateIndexRequest,
  { cluster, meta }: ExistingIndex,
  result: RunResult,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  if (!meta) throw new AppError('not-a-run', { index });
  result.seed = meta.seed;
  if (meta.parts !== undefined) result.parts = meta.parts;
  const guideFolder = runFolder(directories, meta.run);
  const marked = (await inspectCompanion(cluster, index, signal)) === 'ours';
  const plan = planOf(index, meta);
  yield* runChecks({ cluster, plan, marked, deep, made: true, result, guideFolder, signal });
  if (!signal.aborted) assertChecks(result);
}
