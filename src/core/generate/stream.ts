// The batches of a plan as a stream that lets the event loop run, from this thread or from others.
import { setImmediate } from 'node:timers/promises';
import type { Batch } from '../documents/batch.ts';
import { estimate } from '../plan/estimate.ts';
import type { Part, Plan } from '../plan/types.ts';
import type { Tally } from './count/tally.ts';
import { generateBatches, type MaxBytes, slotRange } from './index.ts';
import { threadedBatches } from './threads/threaded.ts';

const BATCH_BYTES = 1 << 20;

export interface StreamOptions {
  /** @default 1 MiB */
  readonly maxBytes?: MaxBytes | undefined;
  /** Threads that generate beside this one. @default 0 */
  readonly threads?: number | undefined;
}

/** The batches of a plan or a part of it. The event loop runs between two, so that Ctrl+C works; a signal ends them. */
export async function* streamBatches(
  plan: Plan,
  part: Part | undefined,
  tally: Tally,
  signal: AbortSignal,
  { maxBytes = BATCH_BYTES, threads = 0 }: StreamOptions = {},
): AsyncGenerator<Batch> {
  const request = { ...slotRange(plan, part), maxBytes, tally };
  if (threads > 0) {
    const block = threads === 1 ? plan.slotCount : blockOf(plan);
    yield* threadedBatches(plan, { ...request, threads, block, signal });
    return;
  }
  for (const batch of generateBatches(plan, request)) {
    yield batch;
    await setImmediate();
    if (signal.aborted) return;
  }
}

/** What one of several threads generates before the next one's turn. */
const BLOCK_BYTES = 16 << 20;

/** Each block draws the sessions of the six slots before it too, which costs this many slots a few percent. */
const LEAST_SLOTS = 30;

/** Slots of a block. */
function blockOf(plan: Plan): number {
  const bytesOfSlot = estimate(plan).bytes / plan.slotCount;
  return Math.max(LEAST_SLOTS, Math.round(BLOCK_BYTES / bytesOfSlot));
}
