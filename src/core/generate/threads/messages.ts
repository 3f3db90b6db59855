// What the threads that generate and their reader say to each other.
import type { Plan } from '../../plan/types.ts';
import type { Tally } from '../count/tally.ts';

/** What a thread generates: blocks of slots, of which it takes every one that is its turn. */
export interface ThreadTask {
  readonly plan: Plan;
  readonly from: number;
  readonly to: number;
  /** Slots of a block. */
  readonly block: number;
  /** Number of the thread among `threads`. */
  readonly thread: number;
  readonly threads: number;
  /** Of the first batches. */
  readonly maxBytes: number;
  /** Batches a thread may have ready that nobody has asked for. */
  readonly ahead: number;
}

/** A batch whose memory changes hands, or the end of a block with its exact counts. */
export type FromThread =
  | {
      readonly type: 'batch';
      readonly memory: ArrayBuffer;
      readonly length: number;
      readonly offsets: Uint32Array;
      readonly phases: Uint8Array;
      readonly documents: number;
    }
  | { readonly type: 'end'; readonly tally: Tally };

/** A batch was taken, so one more may be made, of this size; or memory comes back. */
export type ToThread =
  | { readonly type: 'taken'; readonly maxBytes: number }
  | { readonly type: 'memory'; readonly memory: ArrayBuffer };
