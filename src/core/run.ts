// The pipeline: node, connection, plan, index, load, checks, as one generator of events with one signal.

import { AppError, asAppError } from '../errors.ts';
import type { ConflictPolicy, Part } from '../options.ts';
import { type Cluster, openCluster } from './cluster/client.ts';
import { climb } from './cluster/ladder.ts';
import { startLocalNode } from './cluster/local-node.ts';
import type { ClusterInfo, Connection, Directories, Environment } from './cluster/types.ts';
import type { CheckResult, DocumentCounts, RunDone, RunEvent } from './events.ts';
import { generateBatches, slotRange } from './generate/index.ts';
import { emptyTally, type Tally } from './generate/tally.ts';
import { loadBatches } from './load/index.ts';
import { writeFiles } from './output/files.ts';
import { estimate, makePlan, type Plan } from './plan/index.ts';
import type { Preset } from './plan/preset.ts';
import type { PlanParameters } from './plan/types.ts';
import { prepareIndex } from './prepare-index.ts';
import { saveRun } from './run-store.ts';
import { validate } from './validate/index.ts';

export interface RunRequest {
  readonly id: string;
  readonly connection: Connection;
  /** Use the local node, whatever the connection says. */
  readonly local: boolean;
  readonly index: string;
  readonly onConflict: ConflictPolicy;
  /** True when the name of an index that this tool did not make was typed to replace it. */
  readonly replaceConfirmed: boolean;
  readonly parameters: PlanParameters;
  readonly presets: readonly Preset[];
  readonly nowMs: number;
  readonly part: Part | undefined;
  /** Also write the files of `generate` there. */
  readonly outputDir: string | undefined;
  readonly directories: Directories;
  readonly environment: Environment;
  readonly toolVersion: string;
  /** What is remembered of the settings; never a password. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The line that repeats the run, and the one that goes on with it. */
  readonly command: string;
  readonly resumeCommand: string;
  /** Numbers from 0 to 1 for back-off. */
  readonly random: () => number;
}

/** What is known so far; it becomes the last event, also when the run fails half-way. */
interface Outcome {
  url: string;
  index: string;
  documents: DocumentCounts;
  checks: CheckResult[];
  seconds: { plan: number; load: number; validate: number };
}

const seconds = (since: number) => Math.round(performance.now() - since) / 1000;

/** Opens the cluster after climbing the ladder; the first failed rung is thrown. */
async function* connect(
  connection: Connection,
  environment: Environment,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, Cluster> {
  for await (const step of climb(connection, signal)) {
    if (step.state === 'failed' && step.error) throw step.error;
  }
  const cluster = await openCluster(connection, environment);
  const { body } = await cluster.request({ method: 'GET', path: '/', signal });
  const { cluster_name: name = '', version } = body as {
    cluster_name?: string;
    version?: { number?: string };
  };
  const info: ClusterInfo = { url: connection.url, name, version: version?.number ?? '' };
  yield { type: 'connected', url: info.url, cluster: info.name, version: info.version };
  return cluster;
}

async function* load(
  {
    request,
    plan,
    cluster,
    tally,
    outcome,
  }: { request: RunRequest; plan: Plan; cluster: Cluster; tally: Tally; outcome: Outcome },
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const batches = generateBatches(plan, { ...slotRange(plan, request.part), maxBytes: 1 << 20, tally });
  const reasons = new Map<string, number>();
  const onRefused = ({ reason }: { reason: string }) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const options = { signal, onRefused, random: request.random };
  for await (const progress of loadBatches(cluster, outcome.index, batches, options)) {
    outcome.documents = {
      planned: tally.documents,
      acknowledged: progress.acknowledged,
      found: 0,
      refused: progress.refused,
    };
    yield progress;
  }
  if (signal.aborted) throw stopped(signal, outcome, request);
  const { planned, acknowledged, refused } = outcome.documents;
  if (acknowledged === planned) return;
  const [reason = 'the cluster stopped answering'] = [...reasons.keys()];
  throw new AppError('load-incomplete', {
    planned,
    acknowledged,
    index: outcome.index,
    resume: request.resumeCommand,
    reason: refused > 0 ? `${refused} were refused (${reason})` : reason,
  });
}

function stopped(signal: AbortSignal, { documents, index }: Outcome, request: RunRequest): AppError {
  const kept =
    documents.acknowledged > 0
      ? `${documents.acknowledged} documents are kept in ${index}`
      : 'nothing was written';
  const resume =
    documents.acknowledged > 0 ? `Go on: ${request.resumeCommand}` : `Run it again: ${request.command}`;
  return new AppError(signal.reason === 'SIGTERM' ? 'terminated' : 'cancelled', { kept, resume });
}

async function* pipeline(
  request: RunRequest,
  outcome: Outcome,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { directories, environment } = request;
  let connection = request.connection;
  if (request.local) {
    for await (const event of startLocalNode({ directories, environment, signal })) {
      yield event;
      if (event.url) connection = { url: event.url };
    }
  }
  outcome.url = connection.url;

  const planStart = performance.now();
  const plan = makePlan(request);
  outcome.seconds.plan = seconds(planStart);
  for (const { id, needsDays } of plan.omitted) {
    yield { type: 'notice', text: `${id} is left out: it needs --days ${needsDays} or more` };
  }

  const cluster = yield* connect(connection, environment, signal);
  try {
    yield {
      type: 'planned',
      documents: estimate(plan).documents,
      start: new Date(plan.startMs).toISOString(),
      end: new Date(plan.endMs).toISOString(),
      incidents: plan.incidents.length,
      seed: plan.parameters.seed,
    };
    if (request.outputDir) yield* writeFiles({ plan, folder: request.outputDir, request, signal });

    const prepared = await prepareIndex({ cluster, plan, request, signal });
    outcome.index = prepared.index;
    yield { type: 'index', name: prepared.index, action: prepared.action };
    const record = {
      id: request.id,
      startedAt: new Date(request.nowMs).toISOString(),
      url: outcome.url,
      index: outcome.index,
      settings: request.settings,
    };
    saveRun(directories, { ...record, status: 'loading' });

    const loadStart = performance.now();
    const tally = emptyTally();
    try {
      yield* load({ request, plan, cluster, tally, outcome }, signal);
    } finally {
      await prepared.restore();
    }
    outcome.seconds.load = seconds(loadStart);
    const { planned, acknowledged, refused } = outcome.documents;
    yield { type: 'loaded', planned, acknowledged, refused, seconds: outcome.seconds.load };

    const validateStart = performance.now();
    for await (const event of validate({
      cluster,
      index: outcome.index,
      plan,
      tally,
      part: request.part,
      signal,
    })) {
      if (event.type === 'counted') outcome.documents = { ...outcome.documents, found: event.found };
      else yield event;
      if (event.type === 'check') outcome.checks.push(event);
    }
    outcome.seconds.validate = seconds(validateStart);
    if (signal.aborted) throw stopped(signal, outcome, request);
    saveRun(directories, { ...record, status: 'done' });
    const failed = outcome.checks.filter(({ ok }) => !ok).length;
    if (failed > 0) throw new AppError('checks-failed', { failed, total: outcome.checks.length });
  } finally {
    await cluster.close();
  }
}

/**
 * Does the whole job. Nothing is thrown: the last event has type `done`, with the exit code and, when something went
 * wrong, the error in words. Aborting the signal stops after the requests on their way; reason `SIGTERM` gives exit 143.
 */
export async function* run(request: RunRequest, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const start = performance.now();
  const outcome: Outcome = {
    url: request.connection.url,
    index: request.index,
    documents: { planned: 0, acknowledged: 0, found: 0, refused: 0 },
    checks: [],
    seconds: { plan: 0, load: 0, validate: 0 },
  };
  let failure: AppError | undefined;
  try {
    yield* pipeline(request, outcome, signal);
  } catch (error) {
    failure = signal.aborted ? stopped(signal, outcome, request) : asAppError(error);
  }
  yield doneEvent(request, outcome, seconds(start), failure);
}

function doneEvent(
  request: RunRequest,
  outcome: Outcome,
  total: number,
  failure: AppError | undefined,
): RunDone {
  return {
    type: 'done',
    ok: failure === undefined,
    exit: failure?.exit ?? 0,
    url: outcome.url,
    index: outcome.index,
    documents: outcome.documents,
    checks: outcome.checks.map(({ id, ok, expected, found }) => ({ id, ok, expected, found })),
    seconds: { ...outcome.seconds, total },
    seed: request.parameters.seed,
    command: request.command,
    ...(failure
      ? { error: { code: failure.code, message: failure.message, actions: failure.explain().actions } }
      : {}),
  };
}
