// From a plan to documents and batches, slot by slot, in constant memory.
import type { Batch } from '../load/types.ts';
import type { Plan } from '../plan/types.ts';
import { BatchWriter } from './batches.ts';
import { SlotMaker } from './slot.ts';
import { emptyTally, fold, type Tally } from './tally.ts';
import type { GeneratedDocument } from './transaction.ts';

export { encode } from './batches.ts';
export type { GeneratedDocument, Transaction } from './transaction.ts';

export interface Slots {
  /** First slot. */
  readonly from: number;
  /** One past the last slot. */
  readonly to: number;
}

const BATCH_BYTES = 4 << 20;

/** The slots of a plan, or of part `index` (from 1) of `of`: the parts one after the other are the whole. */
export function slotRange(plan: Plan, part?: { readonly index: number; readonly of: number }): Slots {
  if (!part) return { from: 0, to: plan.slotCount };
  const edge = (share: number) => Math.round((plan.slotCount * share) / part.of);
  return { from: edge(part.index - 1), to: edge(part.index) };
}

/** The documents of some slots, in the order they are written. */
export function* generateDocuments(plan: Plan, { from, to }: Slots): Generator<GeneratedDocument> {
  const maker = new SlotMaker(plan);
  for (let slot = from; slot < to; slot++) yield* maker.documents(slot);
}

/** The documents of some slots as bulk NDJSON, counted into a tally. @param maxBytes a batch is at most this long. */
export function* generateBatches(
  plan: Plan,
  { from, to, maxBytes = BATCH_BYTES, tally }: Slots & { readonly maxBytes?: number; readonly tally: Tally },
): Generator<Batch> {
  const writer = new BatchWriter(maxBytes);
  const maker = new SlotMaker(plan);
  for (let slot = from; slot < to; slot++) {
    for (const document of maker.documents(slot)) {
      fold(tally, document);
      const batch = writer.add(document);
      if (batch) yield batch;
    }
  }
  const last = writer.take();
  if (last) yield last;
}

/** The exact counts of a plan: generates without writing. */
export function tallyOf(plan: Plan, slots: Slots = slotRange(plan)): Tally {
  const tally = emptyTally();
  for (const document of generateDocuments(plan, slots)) fold(tally, document);
  return tally;
}
