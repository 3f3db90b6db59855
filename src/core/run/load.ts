// The loading stage: documents into the index, until it holds all of them.
import { AppError } from '../../errors/app-error.ts';
import { deleteIndex, indexUuid } from '../cluster/indexes/admin.ts';
import type { RunEvent } from '../events.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { type Journal, openJournal } from '../load/journal.ts';
import { loadDocuments } from './load-documents.ts';
import { markIncidents } from './mark-incidents.ts';
import { resendMissing } from './resend-missing.ts';
import { retryUntil } from './retry.ts';
import { stopwatch } from './run-result.ts';
import type { LoadedRun, PreparedRun } from './stages.ts';
import { removeAutoCreatedAfter } from './stray-index.ts';
import { removeUnfilled } from './unfilled-index.ts';

/**
 * Loads the documents and makes them visible to searches; yields `progress`, `refused`, `notice` and at last `loaded`,
 * which is left out after a stop. Throws AppError `load-incomplete` when documents are missing, or what no retry can fix;
 * the index has its ordinary settings back then.
 */
export async function* load(run: PreparedRun): AsyncGenerator<RunEvent, LoadedRun> {
  const { request, result, plan, cluster, signal, clock, prepared } = run;
  const seconds = stopwatch(clock);
  const loaded = { ...run, tally: TRANSACTIONS.tally.empty() };
  const { uuid, journal } = await claimIndex(run);
  try {
    yield* loadDocuments({ ...loaded, uuid, journal });
  } catch (error) {
    await restoreAfterFailure(run);
    const stray = { cluster, index: prepared.index, uuid, key: plan.key };
    await removeAutoCreatedAfter(stray, run).catch(() => {});
    if (!signal.aborted) await forgetUnfilled(run, error);
    throw error;
  } finally {
    journal?.close();
  }
  const { random, giveUpMs } = request;
  await retryUntil(prepared.restore, { random, giveUpMs, signal, clock, waitForUnblock: true });
  if (!signal.aborted) yield* resendMissing(loaded);
  result.seconds.load = seconds();
  const { planned, acknowledged, refused } = result.documents;
  if (!signal.aborted) yield { type: 'loaded', planned, acknowledged, refused, seconds: result.seconds.load };
  return loaded;
}

interface Claim {
  /** uuid of the index; empty when the service does not tell (Serverless). */
  readonly uuid: string;
  /** Documents acknowledged before are skipped. A data file has no journal: it is sent whole. */
  readonly journal: Journal | undefined;
}

/** Makes the index the one of this run. When that fails nothing was sent, so an index it has just made is removed. */
async function claimIndex(run: PreparedRun): Promise<Claim> {
  const { request, plan, cluster, signal, record, prepared } = run;
  const { index } = prepared;
  // Parts that start together each have a record; one of them creates the index for all.
  const owns = prepared.action !== 'appended' && !request.part;
  try {
    if (owns) record.forgetReplaced(index);
    record.note('loading', index);
    // Parts that start together share it: none of them takes it from the others.
    const keep = prepared.action === 'appended' || request.part !== undefined;
    if (request.markIncidents) await markIncidents({ cluster, plan, index, keep, run: request.id, signal });
    const uuid = await indexUuid(cluster, index, signal);
    const head = { run: request.id, key: plan.key, uuid };
    return { uuid, journal: request.dataFile ? undefined : openJournal(record.folder, head) };
  } catch (error) {
    await restoreAfterFailure(run);
    if (owns) {
      await deleteIndex(cluster, index, { confirmed: false }).catch(() => {});
      record.forgetIfNew();
    }
    throw error;
  }
}

/** A new run that has loaded nothing leaves no index; its record stays where the error says how to resume it. */
async function forgetUnfilled(run: PreparedRun, error: unknown): Promise<void> {
  const { request, result, cluster, record, prepared } = run;
  const { acknowledged, refused } = result.documents;
  if (prepared.action === 'appended' || request.part || acknowledged + refused > 0) return;
  const removed = await removeUnfilled({ cluster, index: prepared.index, request });
  const resumable = error instanceof AppError && error.code === 'load-incomplete';
  if (removed && !resumable) record.forgetIfNew();
}

/** Tries once: what stopped the load matters more than a second failure on the way out. */
async function restoreAfterFailure({ stopRetrying, prepared }: PreparedRun): Promise<void> {
  stopRetrying();
  await prepared.restore().catch(() => {});
}
