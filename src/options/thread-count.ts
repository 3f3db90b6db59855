// How many threads generate beside the main one.
import { availableParallelism } from 'node:os';

/** Documents below which a thread costs more than it brings: starting one takes as long as 300,000 documents. */
const WORTH_A_THREAD = 1_000_000;
/** Generating faster than this many threads do is faster than files can be written. */
const MOST_THREADS = 3;

/**
 * Threads that generate beside the main one, for so many documents. A load is bound by the cluster: one keeps the main
 * thread free for the terminal and for sending. On two cores none does (measured: 15 % more processor time, and a
 * cluster beside it needs both).
 */
export function threadsFor(
  documents: number,
  purpose: 'load' | 'generate',
  cores = availableParallelism(),
): number {
  if (documents < WORTH_A_THREAD || cores <= 2) return 0;
  return purpose === 'load' ? 1 : Math.min(MOST_THREADS, cores - 1);
}
