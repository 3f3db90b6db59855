// What a run would do: everything up to the first write.
import { AppError } from '../../errors/app-error.ts';
import { SYSTEM_CLOCK } from '../async/clock.ts';
import type { Cluster } from '../cluster/client.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import { assertNoDataStream } from '../cluster/indexes/data-stream-templates.ts';
import { inheritedBy } from '../cluster/indexes/inherited.ts';
import { freeIndexName } from '../cluster/indexes/names.ts';
import type { Connection } from '../cluster/types.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { DryRun, RunEvent } from '../events.ts';
import { emptyTally } from '../generate/count/tally.ts';
import { generateBatches, slotRange } from '../generate/index.ts';
import { localNodeStatus } from '../local-node/local-node.ts';
import { DISK_BYTES_PER_BYTE } from '../plan/estimate.ts';
import { estimate, type Plan } from '../plan/index.ts';
import { announcePlan } from './begin.ts';
import { connect } from './connect.ts';
import { assertDiskSpace } from './disk-space.ts';
import { doubledDays } from './doubled-days.ts';
import { finish, stoppedBy } from './finish.ts';
import { decide, refusal } from './index-decision.ts';
import { assertCompanionFree } from './mark-incidents.ts';
import type { RunRequest } from './request.ts';
import { newRunResult } from './run-result.ts';
import type { RunContext } from './stages.ts';

/**
 * Plans, connects and looks at the index, and yields `dry-run`. Nothing is written, neither to the cluster nor to this
 * machine, and no local node is started. What would stop the run stops this, with the same error in `done`.
 */
export async function* dryRun(request: RunRequest, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const { connection, index, parameters, command, clock = SYSTEM_CLOCK } = request;
  const result = newRunResult(connection.url, index, parameters.seed);
  result.dryRun = true;
  const context: RunContext = { request, result, signal, clock };
  const stopped = () => stoppedBy(signal, 'nothing was written');
  yield* finish(stages(context), { result, signal, command, stopped, clock });
}

async function* stages(context: RunContext): AsyncGenerator<RunEvent> {
  const { request, result, signal } = context;
  const { index, environment } = request;
  const plan = yield* announcePlan(context);
  const { share, documents, bytes } = amountOf(request, plan);
  result.documents = { ...result.documents, planned: documents };
  const connection = await connectionOf(request);
  let target: Target = { index, action: 'unknown', there: 0 };
  let doubled: string | undefined;
  if (connection) {
    result.url = connection.url;
    const cluster = yield* connect({ connection, index, environment }, signal);
    try {
      ({ doubled, ...target } = await targetIn(cluster, plan, context));
      if (target.action === 'create') await assertNoDataStream(cluster, target.index, signal);
      if (target.action !== 'append') await assertDiskSpace({ cluster, plan, share, signal });
      if (request.markIncidents) await assertCompanionFree(cluster, target.index, signal);
      const { notes } = await inheritedBy(cluster, target.index, signal);
      for (const text of doubled === undefined ? notes : [...notes, doubled]) yield { type: 'notice', text };
    } finally {
      await cluster.close();
    }
  }
  result.index = target.index;
  yield {
    type: 'dry-run',
    ...(connection ? { url: connection.url } : {}),
    ...target,
    ...{ documents, bytes, diskBytes: Math.round(bytes * DISK_BYTES_PER_BYTE) },
    incidents: incidentsOf(plan),
    sample: sampleOf(request, plan),
  };
}

/** How much of the plan this part is. */
function amountOf({ part }: RunRequest, plan: Plan): { share: number; documents: number; bytes: number } {
  const { from, to } = slotRange(plan, part);
  const share = (to - from) / plan.slotCount;
  const { documents, bytes } = estimate(plan);
  return { share, documents: Math.round(documents * share), bytes: Math.round(bytes * share) };
}

/** Where the run would load; undefined when that is a local node that would have to be started. */
async function connectionOf({ local, connection, directories }: RunRequest): Promise<Connection | undefined> {
  if (!local) return connection;
  const { url } = await localNodeStatus(directories);
  return url === undefined ? undefined : { url };
}

/** `doubled`: which days the index would hold twice, a sentence. */
type Target = Pick<DryRun, 'index' | 'action' | 'there'> & { readonly doubled?: string | undefined };

/** What would become of the index. Throws AppError `index-exists`, `mapping-differs` or `index-not-ours`. */
async function targetIn(cluster: Cluster, plan: Plan, { request, signal }: RunContext): Promise<Target> {
  const { index, onConflict: policy, id: run, part, replaceConfirmed } = request;
  const state = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
  const wanted = { policy, run, key: plan.key, part, labels: plan.parameters.labelDocuments };
  const there = state.documents;
  const action = decide(state, wanted);
  switch (action) {
    case 'create':
      return { index, action: 'create', there: 0 };
    case 'create-beside':
      return { index: await freeIndexName(cluster, index, signal), action: 'create', there: 0 };
    case 'reuse':
    case 'append':
      return {
        ...{ index, action: 'append', there },
        doubled: await doubledDays(cluster, state, plan, signal),
      };
    case 'replace':
      if (!state.meta && !replaceConfirmed) throw new AppError('index-not-ours', { index });
      return { index, action, there };
    case 'refuse':
    case 'refuse-mapping':
      throw refusal(action, state, wanted);
  }
}

const incidentsOf = ({ incidents }: Plan): DryRun['incidents'] =>
  incidents.map(({ id, title, startMs, endMs }) => ({
    id,
    title,
    start: new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
  }));

/** The first document that the run would load. */
function sampleOf({ part }: RunRequest, plan: Plan): unknown {
  const [batch] = generateBatches(plan, { ...slotRange(plan, part), maxBytes: 1, tally: emptyTally() });
  const [, source = 'null'] = batch?.data.subarray(0, batch.offsets[1]).toString().split('\n') ?? [];
  return JSON.parse(source);
}
