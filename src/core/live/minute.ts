// The documents that end in some minutes of the shop, with what the screen shows of them.
import { grouped } from '../../text/numbers.ts';
import type { Batch } from '../documents/batch.ts';
import { OrderedSlots } from '../generate/customers/ordered-slots.ts';
import type { Row } from '../generate/customers/row.ts';
import { BatchWriter } from '../generate/encode/batch-writer.ts';
import type { BufferPool } from '../generate/encode/buffers.ts';
import type { Slots } from '../generate/index.ts';
import { sampleAt } from '../plan/sampling.ts';
import { GATEWAYS, SERVERS } from '../plan/shop.ts';
import type { Plan } from '../plan/types.ts';

/** What is shown of a document; for a marker only when it was. */
export interface Shown {
  readonly ms: number;
  readonly responseMs: number;
  /** Empty for one that did not fail. */
  readonly error: string;
  readonly marker: boolean;
  /** Transactions of the shop that it stands for. */
  readonly weight: number;
}

export interface Minutes extends Slots {
  readonly plan: Plan;
  readonly batches: readonly Batch[];
  /** Of each document, in the order of the batches. */
  readonly shown: readonly Shown[];
}

/** Small, since most minutes of a shop are drawn alone and kept in memory until the next. */
const BATCH_BYTES = 1 << 18;

/** The slot of an instant. */
export const slotOf = ({ firstSlotMs, slotMs }: Plan, ms: number) => Math.floor((ms - firstSlotMs) / slotMs);

/** Draws some minutes of a plan. @param pool where the memory of the batches comes from */
export function drawMinutes(plan: Plan, { from, to }: Slots, pool: BufferPool): Minutes {
  const ordered = new OrderedSlots(plan, { from, to });
  const writer = new BatchWriter(plan, () => BATCH_BYTES, pool);
  const batches: Batch[] = [];
  const shown: Shown[] = [];
  const keep = (batch: Batch | undefined) => {
    if (batch) batches.push(batch);
  };
  for (const count of ordered.counts())
    for (const row of ordered.rows.slice(0, count)) {
      keep(writer.add(row));
      shown.push(shownOf(row, sampleAt(plan, row.ms)));
    }
  keep(writer.take());
  return { plan, from, to, batches, shown };
}

function shownOf(
  { ms, responseMs, failure, gateway, server, upstreamMs, marker }: Row,
  weight: number,
): Shown {
  const where = upstreamMs >= 0 ? [GATEWAYS[gateway]] : [];
  const words = failure ? [failure.code, ...where, SERVERS[server], `${grouped(responseMs)} ms`] : [];
  return { ms, responseMs, error: marker ? '' : words.join(' '), marker: marker !== undefined, weight };
}
