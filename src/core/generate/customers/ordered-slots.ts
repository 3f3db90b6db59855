// The documents of some slots in the order of their ids, whatever slots are asked for.
import type { Plan } from '../../plan/types.ts';
import type { Row } from './row.ts';
import { RowRing } from './row-ring.ts';
import { SlotMaker } from './slot.ts';

/** The documents that end in the slots of `[from, to)`. */
export class OrderedSlots {
  /** The documents of the piece yielded last, in order; rows after them are from earlier. */
  readonly rows: readonly Row[];
  private readonly plan: Plan;
  private readonly from: number;
  private readonly to: number;
  private readonly ring: RowRing;
  private readonly maker: SlotMaker;

  constructor(plan: Plan, { from, to }: { readonly from: number; readonly to: number }) {
    this.plan = plan;
    this.from = from;
    this.to = to;
    this.maker = new SlotMaker(plan, (rows, count) => this.ring.add(rows, count));
    this.ring = new RowRing(
      this.maker.spareRow,
      Math.max(plan.startMs, this.startOf(from)),
      Math.min(plan.endMs, this.startOf(to)),
      plan.pauses,
    );
    this.rows = this.ring.taken;
  }

  private startOf(slot: number): number {
    return this.plan.firstSlotMs + slot * this.plan.slotMs;
  }

  /** Of each piece of a slot, how many rows hold its documents. Sessions of the slots before the first reach into it. */
  *counts(): Generator<number> {
    const { from, to, maker, ring } = this;
    for (let slot = maker.firstFor(from); slot < to; slot++) {
      if (slot >= from) maker.mark(slot);
      for (const drawnMs of maker.draw(slot)) if (slot >= from) yield ring.takeBefore(drawnMs);
    }
  }
}
