// From a plan to documents and batches, slot by slot, in constant memory.
import type { Batch } from '../documents/batch.ts';
import type { Plan } from '../plan/types.ts';
import { Counter } from './count/counter.ts';
import { mergeTally, type Tally } from './count/tally.ts';
import { SlotMaker } from './customers/slot.ts';
import { BatchWriter } from './encode/batch-writer.ts';
import type { BufferPool } from './encode/buffers.ts';
import type { GeneratedDocument } from './encode/transaction.ts';
import { documentOf } from './encode/transaction.ts';

export type { GeneratedDocument, Transaction } from './encode/transaction.ts';

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

/** The documents of a plan or of some of its slots, in the order they are written. */
export function* generateDocuments(
  plan: Plan,
  { from, to }: Slots = slotRange(plan),
): Generator<GeneratedDocument> {
  const maker = new SlotMaker(plan);
  for (let slot = from; slot < to; slot++)
    for (const count of maker.sessions(slot))
      for (const row of maker.rows.slice(0, count)) yield documentOf(plan, row);
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
  const maker = new SlotMaker(plan);
  const counter = new Counter(plan.parameters.sample);
  for (let slot = from; slot < to; slot++) {
    for (const count of maker.sessions(slot)) {
      for (let index = 0; index < count; index++) {
        const row = maker.rows[index];
        if (!row) continue;
        counter.add(row);
        const batch = writer.add(row);
        if (batch) yield batch;
      }
    }
  }
  mergeTally(tally, counter.take());
  const last = writer.take();
  if (last) yield last;
}

/** The exact counts of a plan or of some of its slots, by generating without writing. */
export function tallyOf(plan: Plan, { from, to }: Slots = slotRange(plan)): Tally {
  const maker = new SlotMaker(plan);
  const counter = new Counter(plan.parameters.sample);
  for (let slot = from; slot < to; slot++) {
    for (const count of maker.sessions(slot)) {
      for (let index = 0; index < count; index++) {
        const row = maker.rows[index];
        if (row) counter.add(row);
      }
    }
  }
  return counter.take();
}
