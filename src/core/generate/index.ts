// From a plan to documents and batches, slot by slot, in constant memory.
import { badArgument } from '../../errors/app-error.ts';
import type { Batch } from '../documents/batch.ts';
import { assertPlan } from '../plan/assert-plan.ts';
import type { Plan } from '../plan/types.ts';
import { quotedValue } from '../schema/problem.ts';
import { Counter } from './count/counter.ts';
import { mergeTally, type Tally } from './count/tally.ts';
import { OrderedSlots } from './customers/ordered-slots.ts';
import { BatchWriter } from './encode/batch-writer.ts';
import type { BufferPool } from './encode/buffers.ts';
import type { GeneratedDocument } from './encode/transaction.ts';
import { documentOf } from './encode/transaction.ts';

export type { MarkerDocument } from './encode/marker.ts';
export {
  type GeneratedDocument,
  type GeneratedTransaction,
  isTransaction,
  type Transaction,
} from './encode/transaction.ts';

export interface Slots {
  /** First slot. */
  readonly from: number;
  /** One past the last slot. */
  readonly to: number;
}

/** Some slots of a plan; what is left out is its first or last. */
export type SomeSlots = { readonly [End in keyof Slots]?: Slots[End] | undefined };

const BATCH_BYTES = 4 << 20;

/** The slots of a plan, or of part `index` (from 1) of `of`: the parts one after the other are the whole. */
export function slotRange(plan: Plan, part?: { readonly index: number; readonly of: number }): Slots {
  if (!part) return { from: 0, to: plan.slotCount };
  const edge = (share: number) => Math.round((plan.slotCount * share) / part.of);
  return { from: edge(part.index - 1), to: edge(part.index) };
}

/** The slots meant; throws AppError `argument` for what is no slot of the plan, or a range that is reversed. */
function checkedSlots(plan: Plan, slots: SomeSlots | undefined): Slots {
  assertPlan(plan);
  const { from = 0, to = plan.slotCount } = slots ?? {};
  checkSlot('from', from, 0, plan.slotCount);
  checkSlot('to', to, from, plan.slotCount);
  return { from, to };
}

function checkSlot(name: keyof Slots, slot: number, min: number, max: number): void {
  if (Number.isInteger(slot) && slot >= min && slot <= max) return;
  throw badArgument(`${name}: ${quotedValue(slot)} is not a whole number from ${min} to ${max}`);
}

/**
 * The documents of a plan, or those that end in some of its slots, in the order they are written. Throws AppError `argument` for slots that
 * the plan does not have.
 */
export function generateDocuments(plan: Plan, slots?: SomeSlots): Generator<GeneratedDocument> {
  return documentsOf(plan, checkedSlots(plan, slots));
}

function* documentsOf(plan: Plan, slots: Slots): Generator<GeneratedDocument> {
  const ordered = new OrderedSlots(plan, slots);
  for (const count of ordered.counts())
    for (const row of ordered.rows.slice(0, count)) yield documentOf(plan, row);
}

/** Bytes of a batch, or a function that returns those of the next one; 8 MiB at most. */
export type MaxBytes = number | (() => number);

export interface BatchRequest extends Slots {
  /** A batch is at most this long, or one document; read at the start of each. */
  readonly maxBytes?: MaxBytes;
  /** Where the memory of batches comes from. @default a pool of its own */
  readonly pool?: BufferPool;
  /** The counts are added to it after the last batch. */
  readonly tally: Tally;
}

/** The documents of some slots as bulk NDJSON, counted into a tally. */
export function* generateBatches(
  plan: Plan,
  { from, to, maxBytes = BATCH_BYTES, pool, tally }: BatchRequest,
): Generator<Batch> {
  const writer = new BatchWriter(plan, typeof maxBytes === 'number' ? () => maxBytes : maxBytes, pool);
  const ordered = new OrderedSlots(plan, { from, to });
  const counter = new Counter(plan);
  for (const count of ordered.counts()) {
    for (let index = 0; index < count; index++) {
      const row = ordered.rows[index];
      if (!row) continue;
      counter.add(row);
      const batch = writer.add(row);
      if (batch) yield batch;
    }
  }
  mergeTally(tally, counter.take());
  const last = writer.take();
  if (last) yield last;
}

/**
 * The exact counts of a plan or of some of its slots, by generating without writing. Throws AppError `argument` for slots
 * that the plan does not have.
 */
export function tallyOf(plan: Plan, slots?: SomeSlots): Tally {
  const ordered = new OrderedSlots(plan, checkedSlots(plan, slots));
  const counter = new Counter(plan);
  for (const count of ordered.counts()) {
    for (let index = 0; index < count; index++) {
      const row = ordered.rows[index];
      if (row) counter.add(row);
    }
  }
  return counter.take();
}
