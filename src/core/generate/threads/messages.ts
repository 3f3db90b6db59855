// The messages between the threads that generate and their reader.
import type { Plan } from '../../plan/types.ts';
import type { Tally } from '../count/tally.ts';

/** What a thread generates: the blocks of slots whose turn is its own. */
export interface ThreadTask {
  readonly plan: Plan;
  readonly from: number;
  readonly to: number;
  /** Slots of a block. */
  readonly block: number;
  /** Number of the thread among `threads`. */
  readonly thread: number;
  readonly threads: number;
  /** Size of the first batches. */
  readonly maxBytes: number;
  /** Batches a thread may have ready before they are taken. */
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

/** A batch was taken, so one more of this size may be made; or memory is handed back. */
export type ToThread =
  | { readonly type: 'taken'; readonly maxBytes: number }
  | { readonly type: 'memory'; readonly memory: ArrayBuffer };
