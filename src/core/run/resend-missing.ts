// After a load: does the cluster still have what it acknowledged? A cluster that syncs its log only now and then loses its
// last seconds when it is killed. Missing documents are found by hour and resent.
import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import { unreadableAnswer } from '../cluster/answer-errors.ts';
import { listOf, numberOf } from '../cluster/answer-shape.ts';
import { flushIndex, refreshIndex } from '../cluster/indexes/refresh.ts';
import { readBatches } from '../dataset/read.ts';
import { type Documents, pick } from '../documents/batch.ts';
import { timeAt } from '../documents/ids.ts';
import type { RunEvent } from '../events.ts';
import { slotRange } from '../generate/index.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { streamBatches } from '../generate/stream.ts';
import { timeRange } from '../ground-truth/clauses.ts';
import { loadBatches } from '../load/index.ts';
import { HOUR_MS } from '../plan/durations.ts';
import { valueAt } from '../validate/check.ts';
import { documentsOfPlan } from '../validate/scope.ts';
import type { LoadedRun } from './stages.ts';

type ResendMissing = Pick<
  LoadedRun,
  'request' | 'result' | 'plan' | 'cluster' | 'tally' | 'signal' | 'clock'
>;

/** Give up after this many rounds: a cluster that keeps losing documents is left to the checks. */
const MAX_ROUNDS = 3;

interface Hours {
  readonly documents: number;
  /** By start of the hour, ms. */
  readonly byHour: ReadonlyMap<number, number>;
}

/** What the index holds of the slots that were loaded. */
async function heldHours({ cluster, plan, result, request, signal }: ResendMissing): Promise<Hours> {
  const slots = slotRange(plan, request.part);
  const instant = (slot: number) => plan.firstSlotMs + slot * plan.slotMs;
  const hours = { date_histogram: { field: '@timestamp', fixed_interval: '1h', min_doc_count: 1 } };
  const ask = { method: 'POST', path: `/${result.index}/_search` } as const;
  const { body } = await cluster.request({
    ...ask,
    body: {
      size: 0,
      query: {
        bool: {
          filter: [documentsOfPlan(TRANSACTIONS, plan), timeRange(instant(slots.from), instant(slots.to))],
        },
      },
      aggs: { hours },
    },
    timeoutMs: 120_000,
    signal,
  });
  const buckets = listOf(valueAt(body, 'aggregations.hours.buckets'));
  if (!Array.isArray(valueAt(body, 'aggregations.hours.buckets'))) throw unreadableAnswer(cluster, ask, body);
  const counts = buckets.map(
    ({ key, doc_count: count }) => [numberOf(key) ?? 0, numberOf(count) ?? 0] as const,
  );
  return { byHour: new Map(counts), documents: counts.reduce((sum, [, count]) => sum + count, 0) };
}

/** The hours that hold fewer documents than were generated; undefined for every hour. */
function shortHours({ request, tally }: ResendMissing, { byHour }: Hours): ReadonlySet<number> | undefined {
  if (request.dataFile) return undefined;
  const short = Object.entries(tally.byHour).filter(
    ([hour, documents]) => (byHour.get(Date.parse(hour)) ?? 0) < documents,
  );
  return new Set(short.map(([hour]) => Date.parse(hour)));
}

async function* batchesOf(
  { request, plan, signal }: ResendMissing,
  hours: ReadonlySet<number> | undefined,
): AsyncGenerator<Documents> {
  if (!hours) {
    yield* readBatches(request.dataFile ?? '');
    return;
  }
  for await (const batch of streamBatches(plan, request.part, TRANSACTIONS.tally.empty(), signal)) {
    const indexes = Array.from({ length: batch.documents }, (_, index) => index);
    const missing = indexes.filter((index) =>
      hours.has(Math.floor(timeAt(batch, index) / HOUR_MS) * HOUR_MS),
    );
    const rest = missing.length > 0 ? pick(batch, missing) : undefined;
    if (rest !== batch) batch.release?.();
    if (rest) yield rest;
  }
}

/** A cluster that may not or cannot answer this one question still has the documents: the checks report what they find. */
function unlessRefused(error: unknown): undefined {
  const refusals = ['forbidden', 'request-failed', 'answer-too-large', 'answer-unreadable', 'answer-cut'];
  if (!(error instanceof AppError) || !refusals.includes(error.code)) throw error;
}

/**
 * Resends what the index does not hold on its disk, until it is there; yields `notice` and `progress`. Call it after a
 * refresh. What is still missing after the last round is reported by the checks.
 */
export async function* resendMissing(run: ResendMissing): AsyncGenerator<RunEvent> {
  const { cluster, result, request, signal, clock } = run;
  const { index } = result;
  const { planned } = result.documents;
  for (let round = 0; round < MAX_ROUNDS && !signal.aborted; round++) {
    await flushIndex(cluster, index, signal);
    const held = await heldHours(run).catch(unlessRefused);
    if (!held) return;
    const missing = planned - held.documents;
    if (missing <= 0) return;
    yield { type: 'notice', text: missingNotice(missing, index) };
    const { random, requestMs, giveUpMs } = request;
    const options = { signal, clock, random, requestMs, giveUpMs, onRefused: () => {} };
    for await (const sent of loadBatches(cluster, index, batchesOf(run, shortHours(run, held)), options)) {
      const acknowledged = held.documents + sent.acknowledged - sent.alreadyThere;
      yield { ...sent, generated: planned, acknowledged, alreadyThere: held.documents };
    }
    await refreshIndex(cluster, index, signal);
  }
}

/** What a run says before it resends documents. */
export const missingNotice = (missing: number, index: string): string =>
  `${grouped(missing)} documents that the cluster acknowledged are not in ${index} (it was killed, or they were deleted); resending them`;
