// The first stages of a run: its plan, its files beside the load, and a cluster that answers.
import type { Cluster } from '../cluster/client.ts';
import type { Connection } from '../cluster/types.ts';
import { writeFiles } from '../dataset/write.ts';
import type { RunEvent } from '../events.ts';
import { startLocalNode } from '../local-node/local-node.ts';
import { estimate, makePlan, type Plan } from '../plan/index.ts';
import { remarks } from '../plan/remarks.ts';
import { endingSoon } from './ending-soon.ts';
import { metaOf } from './meta.ts';
import { withRetries } from './retry.ts';
import { stopwatch } from './run-result.ts';
import type { ConnectedRun, RunContext } from './stages.ts';

/** Yields the events of starting a local node where one is wanted; returns where to load. */
export async function* findConnection({
  request,
  result,
  signal,
}: RunContext): AsyncGenerator<RunEvent, Connection> {
  let { connection } = request;
  if (request.local) {
    const { directories, environment } = request;
    for await (const event of startLocalNode({ directories, env: environment, signal })) {
      yield event;
      if (event.url) connection = { url: event.url };
    }
  }
  result.url = connection.url;
  return connection;
}

/** Makes the plan; yields `planned` and a `notice` for each remark. */
export function* announcePlan({ request, result, clock }: RunContext): Generator<RunEvent, Plan> {
  const seconds = stopwatch(clock);
  const plan = makePlan(request);
  result.seconds.plan = seconds();
  for (const text of remarks(plan)) yield { type: 'notice', text };
  yield {
    type: 'planned',
    documents: estimate(plan).documents,
    start: new Date(plan.startMs).toISOString(),
    end: new Date(plan.endMs).toISOString(),
    incidents: plan.incidents.length,
    seed: plan.parameters.seed,
  };
  return plan;
}

/** Writes the files of `generate` beside the load, where a folder was given. Throws AppError `output-unwritable`. */
export async function* writeDataset({ request, signal }: RunContext, plan: Plan): AsyncGenerator<RunEvent> {
  const { outputDir: folder, part, splitMb, command, toolVersion, id, index, markIncidents } = request;
  if (!folder) return;
  const meta = metaOf({ plan, toolVersion, run: id });
  const marked = markIncidents === true;
  const files = await writeFiles({ plan, folder, part, splitMb, meta, command, index, marked, signal });
  if (signal.aborted) return;
  yield { type: 'notice', text: `${files.length} data files are in ${folder}` };
}

/** The run with a cluster that answers, whose transient failures are retried from here on. */
export function connectedRun(context: RunContext, plan: Plan, plain: Cluster): ConnectedRun {
  const { request, signal, clock } = context;
  const { random, giveUpMs } = request;
  const failed = new AbortController();
  const retrying = AbortSignal.any([signal, failed.signal]);
  const cluster = withRetries(endingSoon(plain, signal), { random, giveUpMs, signal: retrying, clock });
  return { ...context, plan, cluster, stopRetrying: () => failed.abort() };
}
