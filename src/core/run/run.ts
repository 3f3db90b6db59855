// The pipeline: node, connection, plan, index, load, checks, as one generator of events with one signal.

import { type AppError, asAppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { deleteIndex, indexUuid } from '../cluster/indexes/admin.ts';
import type { Connection } from '../cluster/types.ts';
import { writeFiles } from '../dataset/write.ts';
import type { RunEvent } from '../events.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import type { RunRecord } from '../history/record.ts';
import { forgetReplaced, forgetRun, recordOf, runFolder, saveRun } from '../history/runs.ts';
import { type Journal, openJournal, removeJournal } from '../load/journal.ts';
import { startLocalNode } from '../local-node/local-node.ts';
import { estimate, makePlan, type Plan } from '../plan/index.ts';
import { remarks } from '../plan/remarks.ts';
import { runChecks } from './check.ts';
import { connect } from './connect.ts';
import { assertDiskSpace } from './disk-space.ts';
import { expectedDocuments } from './expected-documents.ts';
import { loadData } from './load-data.ts';
import { metaOf } from './meta.ts';
import { prepareIndex } from './prepare-index.ts';
import type { RunRequest } from './request.ts';
import { resendMissing } from './resend-missing.ts';
import { retryUntil, withRetries } from './retry.ts';
import {
  assertChecks,
  doneEvent,
  newRunResult,
  type RunResult,
  secondsSince,
  stoppedBy,
} from './run-result.ts';
import { removeAutoCreatedIndex } from './stray-index.ts';

interface Stage {
  readonly request: RunRequest;
  readonly outcome: RunResult;
  readonly signal: AbortSignal;
  /** True for a run that began earlier. */
  readonly goesOn: boolean;
}

async function* findConnection({ request, outcome, signal }: Stage): AsyncGenerator<RunEvent, Connection> {
  let { connection } = request;
  if (request.local) {
    const { directories, environment } = request;
    for await (const event of startLocalNode({ directories, env: environment, signal })) {
      yield event;
      if (event.url) connection = { url: event.url };
    }
  }
  outcome.url = connection.url;
  return connection;
}

function* plan({ request, outcome }: Stage): Generator<RunEvent, Plan> {
  const start = performance.now();
  const made = makePlan(request);
  outcome.seconds.plan = secondsSince(start);
  for (const text of remarks(made)) yield { type: 'notice', text };
  yield {
    type: 'planned',
    documents: estimate(made).documents,
    start: new Date(made.startMs).toISOString(),
    end: new Date(made.endMs).toISOString(),
    incidents: made.incidents.length,
    seed: made.parameters.seed,
  };
  return made;
}

/** The files of `generate`, beside a load. */
async function* writeBeside(
  { request, signal }: Stage,
  made: Plan,
  folder: string,
): AsyncGenerator<RunEvent> {
  const { part, splitMb, command, toolVersion, id } = request;
  const meta = metaOf({ plan: made, toolVersion, run: id });
  const writing = writeFiles({ plan: made, folder, part, splitMb, meta, command, signal });
  let step = await writing.next();
  while (!step.done) step = await writing.next();
  yield { type: 'notice', text: `${step.value.length} data files are in ${folder}` };
}

async function* loadAndCheck(
  { request, outcome, signal }: Stage,
  made: Plan,
  plain: Cluster,
): AsyncGenerator<RunEvent> {
  const hurry = new AbortController();
  const { random, giveUpMs } = request;
  const cluster = withRetries(plain, { random, giveUpMs, signal: AbortSignal.any([signal, hurry.signal]) });
  const expected = await expectedDocuments(request, made);
  const { id, nowMs, settings, presets, directories } = request;
  const record = {
    id,
    startedAt: new Date(nowMs).toISOString(),
    url: outcome.url,
    settings,
    presets,
  };
  // What is there already of a run that goes on needs no room again.
  if (settings.onConflict !== 'append') {
    const share = expected / Math.max(1, estimate(made).documents);
    await assertDiskSpace({ cluster, plan: made, share, signal });
  }
  // Whatever cannot be read or kept must be known before the index is touched.
  const earlier = recordOf(directories, id);
  const note = (status: RunRecord['status'], index: string) =>
    saveRun(directories, { ...record, index, status });
  note(earlier?.status ?? 'preparing', outcome.index);
  const onName = (name: string) => note('preparing', name);
  const prepared = await prepareIndex({ cluster, plan: made, request, signal, onName }).catch(
    (error: unknown) => {
      // A run that was to go on can still do so once the index is as it should be.
      if (earlier) saveRun(directories, earlier);
      else forgetRun(directories, id);
      throw error;
    },
  );
  const { index } = prepared;
  outcome.index = index;
  yield { type: 'index', name: index, action: prepared.action };

  const loadStart = performance.now();
  const tally = TRANSACTIONS.tally.empty();
  const work = { request, plan: made, cluster, tally, outcome };
  const { key } = made;
  let uuid = '';
  let journal: Journal | undefined;
  let begun = false;
  try {
    // Parts that start together each have a record; one of them creates the index for all.
    if (prepared.action !== 'appended' && !request.part)
      forgetReplaced(directories, { id, url: outcome.url, index });
    note('loading', index);
    uuid = await indexUuid(cluster, index, signal);
    if (!request.dataFile) journal = openJournal(runFolder(directories, id), { run: id, key, uuid });
    begun = true;
    yield* loadData({ ...work, expected, uuid, journal }, signal);
  } catch (error) {
    // What stopped the load matters more than a second failure on the way out.
    hurry.abort();
    await prepared.restore().catch(() => undefined);
    if (begun) await removeAutoCreatedIndex({ cluster, index, uuid, key }).catch(() => undefined);
    else if (prepared.action !== 'appended' && !request.part) {
      // Nothing was sent: what was just made is empty, and in the way of the next run. Parts may have joined theirs.
      await deleteIndex(cluster, index, { confirmed: false }).catch(() => undefined);
      if (!earlier) forgetRun(directories, id);
    }
    throw error;
  } finally {
    journal?.close();
  }
  await retryUntil(prepared.restore, { random, giveUpMs, signal, waitForUnblock: true });
  if (!signal.aborted) yield* resendMissing(work, signal);
  outcome.seconds.load = secondsSince(loadStart);
  const { planned, acknowledged, refused } = outcome.documents;
  if (signal.aborted) return;
  yield { type: 'loaded', planned, acknowledged, refused, seconds: outcome.seconds.load };

  const known = request.dataFile ? {} : { tally };
  const guideFolder = runFolder(directories, id);
  yield* runChecks({ cluster, plan: made, ...known, part: request.part, outcome, guideFolder }, signal);
  if (signal.aborted) return;
  note('done', index);
  removeJournal(guideFolder);
}

async function* pipeline(stage: Stage): AsyncGenerator<RunEvent> {
  const { request, outcome, signal } = stage;
  const connection = yield* findConnection(stage);
  const made = yield* plan(stage);
  const cluster = yield* connect(
    { connection, index: request.index, environment: request.environment },
    signal,
  );
  try {
    if (request.outputDir) yield* writeBeside(stage, made, request.outputDir);
    if (signal.aborted) return;
    yield* loadAndCheck(stage, made, cluster);
  } finally {
    await cluster.close();
  }
  if (!signal.aborted) assertChecks(outcome);
}

function stopped({ request, outcome, signal, goesOn }: Stage): AppError {
  const { acknowledged } = outcome.documents;
  const kept =
    acknowledged > 0
      ? `${grouped(acknowledged)} documents are kept in ${outcome.index}`
      : goesOn
        ? `what was loaded before is kept in ${outcome.index}`
        : 'no document was written';
  const resumable = recordOf(request.directories, request.id) !== undefined;
  return stoppedBy(
    signal,
    kept,
    resumable ? `Go on: ${request.resumeCommand(outcome.index)}` : `Run it again: ${request.command}`,
  );
}

/**
 * Does the whole job. Nothing is thrown: the last event has type `done`, with the exit code and, when something went
 * wrong, the error in words. Aborting the signal stops after the requests on their way; reason `SIGTERM` gives exit 143.
 */
export async function* run(request: RunRequest, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const start = performance.now();
  const stage: Stage = {
    request,
    outcome: newRunResult(request.connection.url, request.index, request.parameters.seed),
    signal,
    goesOn: recordOf(request.directories, request.id) !== undefined,
  };
  let failure: AppError | undefined;
  try {
    yield* pipeline(stage);
  } catch (error) {
    failure = asAppError(error);
  }
  if (signal.aborted) failure = stopped(stage);
  yield doneEvent(stage.outcome, { command: request.command, total: secondsSince(start), failure });
}
