// The pipeline: connection, plan, index, load, checks, as one generator of events with one signal.
import type { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import { SYSTEM_CLOCK } from '../async/clock.ts';
import type { FoundDashboards } from '../dashboards/find.ts';
import type { RunEvent } from '../events.ts';
import { recordOf } from '../history/runs.ts';
import { announcePlan, connectedRun, findConnection, writeDataset } from './begin.ts';
import { verify } from './check.ts';
import { connect } from './connect.ts';
import { asDeleted } from './deleted-index.ts';
import { assertChecks, finish, stoppedBy } from './finish.ts';
import { load } from './load.ts';
import { prepare } from './prepare.ts';
import type { RunRequest } from './request.ts';
import { newRunResult } from './run-result.ts';
import type { RunContext } from './stages.ts';

/**
 * Does the whole job. Nothing is thrown: the last event has type `done`, with the exit code and, when something went
 * wrong, the error in words. Aborting the signal stops after the requests in flight; reason `SIGTERM` gives exit 143.
 */
export async function* run(request: RunRequest, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const { connection, index, parameters, command, clock = SYSTEM_CLOCK } = request;
  const result = newRunResult(connection.url, index, parameters.seed);
  const context: RunContext = { request, result, signal, clock };
  const resumed = recordOf(request.directories, request.id) !== undefined;
  const stopped = () => stoppedRun(context, resumed);
  yield* finish(stages(context), { result, signal, command, stopped, clock });
}

/** A stop ends a stage early, without an error; the next ones are left out then. */
async function* stages(context: RunContext): AsyncGenerator<RunEvent> {
  const { request, result, signal } = context;
  const connection = yield* findConnection(context);
  const plan = yield* announcePlan(context);
  const { index, environment } = request;
  const cluster = yield* connect({ connection, index, environment }, signal);
  let found: FoundDashboards | undefined;
  try {
    const { dashboards: url, dashboardsSignIn: signIn, directories } = request;
    // Loaded on demand: a run without Dashboards starts no slower.
    const dashboards = url === undefined ? undefined : await import('./dashboards.ts');
    const door = { connection, signIn, environment };
    found = await dashboards?.findBeside({ ...door, url: url ?? '', cluster, signal });
    yield* writeDataset(context, plan);
    if (signal.aborted) return;
    const prepared = yield* prepare(connectedRun(context, plan, cluster));
    try {
      const loaded = yield* load(prepared);
      if (signal.aborted) return;
      yield* verify(loaded);
    } catch (error) {
      throw asDeleted(error, context);
    }
    if (signal.aborted) return;
    assertChecks(result);
    if (!dashboards || !found) return;
    const target = { index: result.index, answers: request.markIncidents === true };
    const installing = { ...target, found, cluster, plan, directories, run: request.id, signal };
    yield* dashboards.installAfterChecks(installing, result);
  } finally {
    await found?.dashboards.close();
    await cluster.close();
  }
}

/** The error of a run that was stopped: what is left behind, and how to resume. */
function stoppedRun({ request, result, signal }: RunContext, resumed: boolean): AppError {
  const { acknowledged } = result.documents;
  const earlier = resumed ? `what was loaded before is kept in ${result.index}` : 'no document was written';
  const kept = acknowledged > 0 ? `${grouped(acknowledged)} documents are kept in ${result.index}` : earlier;
  const resumable = recordOf(request.directories, request.id) !== undefined;
  const next = resumable
    ? `Resume: ${request.resumeCommand(result.index)}`
    : `Run it again: ${request.command}`;
  return stoppedBy(signal, kept, next);
}
