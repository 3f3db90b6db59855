// After a load: does the cluster still have what it acknowledged? One that writes its log to the disk only now and then
// loses its last seconds when it is killed. What is missing is found by hour and sent again.
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { flushIndex, refreshIndex } from '../cluster/indexes/refresh.ts';
import { readBatches } from '../dataset/read.ts';
import { type Documents, pick } from '../documents/batch.ts';
import { timeAt } from '../documents/ids.ts';
import type { RunEvent } from '../events.ts';
import type { Tally } from '../generate/count/tally.ts';
import { slotRange } from '../generate/index.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { streamBatches } from '../generate/stream.ts';
import { loadBatches } from '../load/index.ts';
import type { Plan } from '../plan/index.ts';
import { HOUR_MS } from '../plan/time.ts';
import { valueAt } from '../validate/check.ts';
import type { RunRequest } from './request.ts';
import type { RunResult } from './run-result.ts';

export interface ResendMissing {
  readonly request: RunRequest;
  readonly plan: Plan;
  readonly cluster: Cluster;
  /** What was generated; empty when a file was loaded. */
  readonly tally: Tally;
  readonly outcome: RunResult;
}

/** A cluster that loses documents again while they are sent again is not insisted with. */
const MAX_ROUNDS = 3;

interface Hours {
  readonly documents: number;
  /** By start of the hour, ms. */
  readonly byHour: ReadonlyMap<number, number>;
}

/** What the index holds of the slots that were loaded. Transaction ids rise with the slot. */
async function heldHours(
  { cluster, plan, outcome, request }: ResendMissing,
  signal: AbortSignal,
): Promise<Hours> {
  const slots = slotRange(plan, request.part);
  const { field, prefix } = TRANSACTIONS.ofPlan(plan.key);
  const name = (slot: number) => prefix + slot.toString(36).padStart(4, '0');
  const hours = { date_histogram: { field: '@timestamp', fixed_interval: '1h', min_doc_count: 1 } };
  const { body } = await cluster.request({
    method: 'POST',
    path: `/${outcome.index}/_search`,
    body: {
      size: 0,
      query: { range: { [field]: { gte: name(slots.from), lt: name(slots.to) } } },
      aggs: { hours },
    },
    timeoutMs: 120_000,
    signal,
  });
  const buckets = (valueAt(body, 'aggregations.hours.buckets') ?? []) as { key: number; doc_count: number }[];
  const byHour = new Map(buckets.map(({ key, doc_count }) => [key, doc_count]));
  return { byHour, documents: buckets.reduce((sum, { doc_count }) => sum + doc_count, 0) };
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
  { request, plan }: ResendMissing,
  hours: ReadonlySet<number> | undefined,
  signal: AbortSignal,
): AsyncGenerator<Documents> {
  if (!hours) {
    yield* readBatches(request.dataFile ?? '');
    return;
  }
  for await (const batch of streamBatches(plan, request.part, TRANSACTIONS.tally.empty(), signal)) {
    const indexes = Array.from({ length: batch.documents }, (_, index) => index);
    const lost = indexes.filter((index) => hours.has(Math.floor(timeAt(batch, index) / HOUR_MS) * HOUR_MS));
    const rest = lost.length > 0 ? pick(batch, lost) : undefined;
    if (rest !== batch) batch.release?.();
    if (rest) yield rest;
  }
}

/**
 * Sends again what the index does not hold on its disk, until it is there; yields `notice` and `progress`. Call it
 * after a refresh.
 * Ends silently when the index holds everything; what cannot be mended is left for the checks to tell.
 */
export async function* resendMissing(work: ResendMissing, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const { cluster, outcome, request } = work;
  const { planned } = outcome.documents;
  for (let round = 0; round < MAX_ROUNDS && !signal.aborted; round++) {
    await flushIndex(cluster, outcome.index, signal);
    const held = await heldHours(work, signal);
    const missing = planned - held.documents;
    if (missing <= 0) return;
    yield {
      type: 'notice',
      text: `${grouped(missing)} documents that the cluster acknowledged are not in ${outcome.index} (it was killed, or somebody removed them); they are sent again`,
    };
    const { random, requestMs, giveUpMs } = request;
    const options = { signal, random, requestMs, giveUpMs, onRefused: () => {} };
    const batches = batchesOf(work, shortHours(work, held), signal);
    for await (const told of loadBatches(cluster, outcome.index, batches, options)) {
      const acknowledged = held.documents + told.acknowledged - told.alreadyThere;
      yield { ...told, generated: planned, acknowledged, alreadyThere: held.documents };
    }
    await refreshIndex(cluster, outcome.index, signal);
  }
}
