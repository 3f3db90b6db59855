// The planned documents in stretches of time that a search can answer, made on the way: memory does not grow with them.
import { setImmediate } from 'node:timers/promises';
import { type Batch, type Documents, joined, pick } from '../../documents/batch.ts';
import { timeAt } from '../../documents/ids.ts';
import { generateBatches, type Slots } from '../../generate/index.ts';
import { TRANSACTIONS } from '../../generate/signals/transactions.ts';
import type { Plan } from '../../plan/index.ts';
import { type Expected, expectedOf, firstFrom } from './expected.ts';

/** About 3,500 documents: a search returns 10,000 at most. */
const BATCH_BYTES = 4 << 20;

/** Documents that are planned for some time. Call `release` once nothing reads them any more. */
export interface PlannedTime {
  readonly expected: Expected;
  readonly release: () => void;
}

/** A batch, some of whose documents may come from the one before it. */
interface Pending {
  readonly documents: Documents;
  readonly release: () => void;
}

/** The documents of some slots, cut where one millisecond ends and another begins; their times follow on each other. */
export async function* plannedTimes(plan: Plan, slots: Slots): AsyncGenerator<PlannedTime> {
  const { firstSlotMs, slotMs, startMs, endMs } = plan;
  const lastMs = Math.min(endMs, firstSlotMs + slots.to * slotMs);
  let fromMs = Math.max(startMs, firstSlotMs + slots.from * slotMs);
  let pending: Pending | undefined;
  const tally = TRANSACTIONS.tally.empty();
  for (const batch of generateBatches(plan, { ...slots, maxBytes: BATCH_BYTES, tally })) {
    if (pending) {
      const toMs = timeAt(batch, 0);
      const { documents, release } = pending;
      const end = firstFrom(documents, toMs, 0, documents.documents);
      pending = following(documents, end, batch);
      yield { expected: expectedOf(documents, end, fromMs, toMs), release };
      fromMs = toMs;
    } else pending = following(undefined, 0, batch);
    await setImmediate();
  }
  const documents = pending?.documents ?? NONE;
  const expected = expectedOf(documents, documents.documents, fromMs, lastMs);
  yield { expected, release: pending?.release ?? (() => {}) };
}

/** A time without documents must be without them in the index too. */
const NONE: Documents = {
  ...{ data: Buffer.alloc(0), offsets: new Uint32Array(1), documents: 0, ids: TRANSACTIONS.ids },
};

/** A batch, after the documents of the one before it, from `end` on, that have the time of its first. */
function following(before: Documents | undefined, end: number, batch: Batch): Pending {
  const release = () => batch.release?.();
  if (!before || end === before.documents) return { documents: batch, release };
  const same = Array.from({ length: before.documents - end }, (_, index) => end + index);
  const documents = joined(pick(before, same), batch);
  release();
  return { documents, release: () => {} };
}
