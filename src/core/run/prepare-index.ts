// Makes the index that a run loads into: what to do is decided in index-decision.ts, done here, and tried again when another
// program makes or deletes the index in between.

import { AppError } from '../../errors/app-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../async/clock.ts';
import type { Cluster } from '../cluster/client.ts';
import { createIndex, deleteIndex, indexUuid, inspectIndex, updateMeta } from '../cluster/indexes/admin.ts';
import { deleteCompanion } from '../cluster/indexes/companion.ts';
import { countDocuments } from '../cluster/indexes/count.ts';
import { inheritedBy } from '../cluster/indexes/inherited.ts';
import { loadingSettings } from '../cluster/indexes/load-settings.ts';
import { freeIndexName } from '../cluster/indexes/names.ts';
import type { IndexState, RunMeta } from '../cluster/indexes/run-meta.ts';
import { assertNoIndexBlock } from '../cluster/ladder/capacity.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import { backoffMs } from '../load/backoff.ts';
import { estimate, type Plan } from '../plan/index.ts';
import { doubledDays } from './doubled-days.ts';
import { decide, refusal } from './index-decision.ts';
import { metaOf } from './meta.ts';
import type { RunRequest } from './request.ts';
import { retryUntil } from './retry.ts';
import { removeAutoCreatedIndex } from './stray-index.ts';
import { removeUnfilled } from './unfilled-index.ts';

export interface PreparedIndex {
  readonly index: string;
  readonly action: 'created' | 'replaced' | 'appended';
  /** Gives the index its ordinary settings back and makes the documents visible; call it also after a failure. */
  readonly restore: () => Promise<void>;
  /** What a person should know of it before it is loaded, a sentence without its full stop each. */
  readonly notes: readonly string[];
}

/** What of a run's request the index depends on. */
type IndexRequest = Pick<
  RunRequest,
  'id' | 'index' | 'onConflict' | 'part' | 'replaceConfirmed' | 'toolVersion' | 'random' | 'giveUpMs'
>;

export interface PrepareIndex {
  readonly cluster: Cluster;
  readonly plan: Plan;
  readonly request: IndexRequest;
  readonly signal: AbortSignal;
  /** Called with the name of an index before it is created. */
  readonly onName: (index: string) => void;
  readonly clock?: Clock | undefined;
}

/** The index that this run deleted to replace it. */
interface DeletedIndex {
  readonly uuid: string;
  /** The key of its data, where this tool made it. */
  readonly key: string | undefined;
}

interface Attempt extends PrepareIndex {
  /** The name of an index that this run was about to create. */
  made?: string;
  /** Set once the index was deleted: what is found under its name from then on, another program has made. */
  deleted?: DeletedIndex;
}

/** Tries after the first. Their waits add up to 6 s at most: another loader notices within 2 s that its index is gone. */
const MAX_RETRIES = 5;

/**
 * Creates, replaces or reuses the index as the policy says. A part of the same plan joins what the other parts made.
 * Throws AppError `index-exists`, `mapping-differs`, `index-not-ours`, `index-remade`, or what the cluster rejects.
 */
export async function prepareIndex(wanted: PrepareIndex): Promise<PreparedIndex> {
  const { signal, request, clock = SYSTEM_CLOCK } = wanted;
  const { random, giveUpMs, onConflict } = request;
  const current: Attempt = { ...wanted };
  for (let attempt = 1; ; attempt++) {
    try {
      return await retryUntil(() => prepare(current), { signal, random, giveUpMs, clock });
    } catch (error) {
      const isRetried = !signal.aborted && error instanceof AppError && isRace(error, current);
      if (!isRetried) {
        // Other parts may be loading into it.
        if (!request.part) await removeUnfilled({ ...current, index: current.made });
        throw error;
      }
      if (attempt > (onConflict === 'fail' ? 1 : MAX_RETRIES)) throw lostRace(error, current);
      await clock.sleep(backoffMs(attempt, random), signal);
      await removeStray(current);
    }
  }
}

const isConflict = ({ code }: AppError) => code === 'index-exists' || code === 'index-not-ours';

/** True when another program made or deleted the index while this run was preparing it. */
function isRace(error: AppError, { deleted, request: { part, onConflict } }: Attempt): boolean {
  if (error.code === 'index-missing') return true;
  if (deleted && isConflict(error)) return true;
  // Of several parts that start together one creates the index; the others find it a moment later.
  return error.code === 'index-exists' && (part !== undefined || onConflict !== 'fail');
}

function lostRace(error: AppError, { deleted, request: { index } }: Attempt): AppError {
  return deleted && isConflict(error) ? new AppError('index-remade', { index }, { cause: error }) : error;
}

/** The cluster creates an index by itself when another loader still sends documents to the one that was deleted. */
async function removeStray({ cluster, request: { index }, deleted }: Attempt): Promise<void> {
  if (deleted?.key === undefined) return;
  await removeAutoCreatedIndex({ cluster, index, uuid: deleted.uuid, key: deleted.key }).catch(() => {});
}

/** Looks at the index, and does what the policy says about it. */
async function prepare(attempt: Attempt): Promise<PreparedIndex> {
  const { cluster, plan, request, signal, deleted } = attempt;
  const { index, onConflict: policy, id: run, part } = request;
  const state = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
  const wanted = { policy, run, key: plan.key, part, labels: plan.parameters.labelDocuments };
  const action = decide(state, wanted);
  switch (action) {
    case 'create':
      return create(attempt, index, deleted ? 'replaced' : 'created');
    case 'reuse':
      return prepared(attempt, index, deleted ? 'replaced' : 'created');
    case 'append':
      await extend(attempt, state);
      return appended(attempt, state);
    case 'create-beside':
      return create(attempt, await freeIndexName(cluster, index, signal), 'created');
    case 'replace':
      await remove(attempt, state);
      return create(attempt, index, 'replaced');
    case 'refuse':
    case 'refuse-mapping':
      throw refusal(action, state, wanted);
  }
}

async function appended(attempt: Attempt, state: IndexState): Promise<PreparedIndex> {
  const { cluster, plan, signal } = attempt;
  const ready = await prepared(attempt, state.name, 'appended');
  const doubled = await doubledDays(cluster, state, plan, signal);
  return doubled === undefined ? ready : { ...ready, notes: [...ready.notes, doubled] };
}

const SLOWER = 'This user may not change index settings, so loading is slower';

/** Looks at what the index has from elsewhere, and makes it ready to be loaded. Throws AppError `writes-blocked` or `forbidden`. */
async function prepared(
  { cluster, signal }: Attempt,
  index: string,
  action: PreparedIndex['action'],
): Promise<PreparedIndex> {
  const { notes, settings } = await inheritedBy(cluster, index, signal);
  assertNoIndexBlock(index, settings, action === 'appended' ? 'index' : 'template');
  // Documents that may not be searched cannot be checked either, which is better known before they are loaded.
  if (!cluster.serverless) await countDocuments(cluster, index, { signal });
  const { restore, changed } = await loadingSettings(cluster, index, signal);
  return { index, action, restore, notes: changed ? notes : [...notes, SLOWER] };
}

/** What the index remembers of this run. */
function metaFor({ plan, request: { toolVersion, id, part } }: Attempt): RunMeta {
  return { ...metaOf({ plan, toolVersion, run: id }), ...(part ? { parts: part.of } : {}) };
}

async function create(
  attempt: Attempt,
  name: string,
  action: 'created' | 'replaced',
): Promise<PreparedIndex> {
  const { cluster, plan, signal, onName } = attempt;
  const { documents } = estimate(plan);
  const labels = plan.parameters.labelDocuments;
  onName(name);
  attempt.made = name;
  await createIndex(cluster, STORED_TRANSACTIONS, name, {
    meta: metaFor(attempt),
    labels,
    documents,
    signal,
  });
  return prepared(attempt, name, action);
}

/** A later run of the same data adds the minutes since, so the index now ends later. */
async function extend(attempt: Attempt, { name, meta }: IndexState): Promise<void> {
  const { now } = metaFor(attempt);
  if (meta?.key !== attempt.plan.key || meta.now >= now) return;
  await updateMeta(attempt.cluster, name, { ...meta, now }, attempt.signal);
}

/** Deletes the index to replace it. */
async function remove(attempt: Attempt, { name, meta }: IndexState): Promise<void> {
  const { cluster, request, signal } = attempt;
  const uuid = await indexUuid(cluster, name, signal);
  // Typing its name allows deleting the index that was shown, not one that was created since.
  const confirmed = request.replaceConfirmed && !attempt.deleted;
  await deleteIndex(cluster, name, { confirmed, signal }).catch(unlessMissing);
  await deleteCompanion(cluster, name, signal);
  attempt.deleted ??= { uuid, key: meta?.key };
}

/** An index that another program has deleted meanwhile needs no deleting. */
function unlessMissing(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'index-missing')) throw error;
}
