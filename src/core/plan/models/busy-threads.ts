// Threads of a server: Little's law, and what near-saturation does to everything else on it.
import { THREADS } from '../shop.ts';

/** Busy threads are arrivals times time in service (Little's law), never more than there are. */
export function busyThreads(perSecond: number, seconds: number): number {
  return Math.min(THREADS, perSecond * seconds);
}

/**
 * Factor on the service's own time when this many threads are busy. It stays near 1 until about 80 % and then bends,
 * as the waiting time of a queue with many servers does (Erlang C): 1.4 at 90 %, 3.4 when all are busy.
 */
export function crowding(busy: number): number {
  const used = Math.min(1, busy / THREADS);
  return 1 + (0.12 * used ** 6) / (1.05 - used);
}
