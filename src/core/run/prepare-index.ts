// Decides what becomes of an index that exists, and makes the one that will be loaded.
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { createIndex, deleteIndex, indexUuid, inspectIndex, updateMeta } from '../cluster/indexes/admin.ts';
import { loadingSettings } from '../cluster/indexes/load-settings.ts';
import { freeIndexName } from '../cluster/indexes/names.ts';
import type { IndexState } from '../cluster/indexes/run-meta.ts';
import { backoffMs } from '../load/backoff.ts';
import { estimate, type Plan } from '../plan/index.ts';
import { metaOf } from './meta.ts';
import type { RunRequest } from './request.ts';
import { retryUntil } from './retry.ts';
import { removeAutoCreatedIndex } from './stray-index.ts';

export interface PreparedIndex {
  readonly index: string;
  readonly action: 'created' | 'replaced' | 'appended';
  /** Gives the index its ordinary settings back and makes the documents visible; call it whatever happened. */
  readonly restore: () => Promise<void>;
}

export interface PrepareIndex {
  readonly cluster: Cluster;
  readonly plan: Plan;
  readonly request: RunRequest;
  readonly signal: AbortSignal;
  /** Hears the name of an index before it is made. */
  readonly onName: (index: string) => void;
}

/** Who made an index and when, in words. */
function originOf({ meta }: IndexState): string {
  return meta ? `made by incident-demo, run ${meta.run}` : 'not made by incident-demo';
}

/** The index that was deleted to be replaced; what is there under its name later has come since. */
interface Deleted {
  readonly uuid: string;
  /** The key of its data, where this tool made it. */
  readonly key: string | undefined;
}

/** Waits of at most 6 s in all: a loader notices within 2 s that its index is gone. */
const TRIES = 5;

/**
 * Creates, replaces or reuses the index as the policy says. A part of the same plan joins what the other parts made.
 * When another program makes or deletes the index in between, the policy is tried again, a few times.
 * Throws AppError `index-exists`, `index-not-ours`, `index-remade`, or what the cluster refuses.
 */
export async function prepareIndex(wanted: PrepareIndex): Promise<PreparedIndex> {
  const { cluster, signal, request } = wanted;
  const { random, giveUpMs, index, onConflict, part } = request;
  let deleted: Deleted | undefined;
  const onDeleted = (gone: Deleted) => {
    deleted ??= gone;
  };
  for (let attempt = 1; ; attempt++) {
    try {
      return await retryUntil(() => prepare({ ...wanted, deleted, onDeleted }), { signal, random, giveUpMs });
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
      const remade = deleted && ['index-exists', 'index-not-ours'].includes(error.code);
      // Of several parts that start together one creates the index; the others find it a moment later.
      const late = error.code === 'index-exists' && (part || onConflict !== 'fail');
      if (!remade && !late && error.code !== 'index-missing') throw error;
      if (attempt > (onConflict === 'fail' ? 1 : TRIES))
        throw remade ? new AppError('index-remade', { index }, { cause: error }) : error;
      await sleep(backoffMs(attempt, random), undefined, { signal }).catch(() => undefined);
      // What another loader still sends to the deleted index has the cluster make one by itself.
      if (deleted?.key !== undefined)
        await removeAutoCreatedIndex({ cluster, index, uuid: deleted.uuid, key: deleted.key }).catch(
          () => undefined,
        );
    }
  }
}

interface Attempt extends PrepareIndex {
  readonly deleted: Deleted | undefined;
  readonly onDeleted: (gone: Deleted) => void;
}

async function prepare(attempt: Attempt): Promise<PreparedIndex> {
  const { cluster, plan, request, signal, onName, deleted, onDeleted } = attempt;
  const { index, onConflict, toolVersion, id, replaceConfirmed } = request;
  const state = await inspectIndex(cluster, index, signal);
  const meta = {
    ...metaOf({ plan, toolVersion, run: id }),
    ...(request.part ? { parts: request.part.of } : {}),
  };
  const create = async (name: string, action: 'created' | 'replaced'): Promise<PreparedIndex> => {
    const { documents } = estimate(plan);
    onName(name);
    await createIndex(cluster, name, { meta, labels: plan.parameters.labelDocuments, documents, signal });
    return { index: name, action, restore: await loadingSettings(cluster, name) };
  };
  if (!state.exists) return create(index, deleted ? 'replaced' : 'created');
  // The answer to creating it was lost, or the run ended there and goes on.
  if (state.meta?.run === id && state.documents === 0)
    return {
      index,
      action: deleted ? 'replaced' : 'created',
      restore: await loadingSettings(cluster, index),
    };
  const sameData = state.meta?.key === plan.key;
  if (onConflict === 'append' || (request.part && sameData)) {
    assertMappingFits(state, request);
    // A later run of the same data adds the minutes since; the index then ends at the later now.
    if (sameData && state.meta && state.meta.now < meta.now) {
      await updateMeta(cluster, index, { ...state.meta, now: meta.now }, signal);
    }
    return { index, action: 'appended', restore: await loadingSettings(cluster, index) };
  }
  if (onConflict === 'new') return create(await freeIndexName(cluster, index, signal), 'created');
  if (onConflict === 'replace') {
    const gone = { uuid: await indexUuid(cluster, index, signal), key: state.meta?.key };
    // A name that was typed allows to delete what was seen, not what has come since.
    await deleteIndex(cluster, index, { confirmed: replaceConfirmed && !deleted, signal }).catch(passMissing);
    onDeleted(gone);
    return create(index, 'replaced');
  }
  throw exists(state, request);
}

/** An index that somebody else has deleted meanwhile needs no deleting. */
function passMissing(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'index-missing')) throw error;
}

/** What can be done depends on whose index it is, and on whether others load parts into it. */
function exists(state: IndexState, { index, part, parameters }: RunRequest): AppError {
  const { documents, meta } = state;
  const fits = misfit(state, parameters.labelDocuments) === undefined;
  return new AppError('index-exists', {
    index,
    documents,
    origin: originOf(state),
    ours: meta !== undefined,
    fits: meta !== undefined && fits,
    parts: part !== undefined,
    alone: part === undefined,
  });
}

/** How the fields differ from those that are needed; undefined when they do not. */
function misfit({ meta, mappingDifferences }: IndexState, labels: boolean): string | undefined {
  if (labels && meta?.parameters['labelDocuments'] !== true) return 'it has no fields for labels';
  const [first, ...rest] = mappingDifferences;
  return rest.length > 0 ? `${first}, and ${rest.length} more` : first;
}

function assertMappingFits(state: IndexState, { part, parameters }: RunRequest): void {
  const differences = misfit(state, parameters.labelDocuments);
  if (differences === undefined) return;
  throw new AppError('mapping-differs', { index: state.name, differences, alone: part === undefined });
}
