// What a server reports of itself while requests wait for connections, and after the restart that ends it.
import { CONNECTIONS, THREADS } from '../shop.ts';
import type { Timeline } from '../timeline.ts';
import { ALLOCATED, FRESH_HEAP, IDLE_ALLOCATED } from './heap.ts';

/** A fresh process is so much slower at first, and compiles its code in so many seconds. */
export const COLD = 0.45;
export const WARM_S = 25;

/** The heap of a fresh process fills until it is as full as it would be anyway. */
export function startAnew(t: Timeline, i: number, up: number, requests: number): void {
  const heap = FRESH_HEAP + (IDLE_ALLOCATED + ALLOCATED * requests) * up;
  t.cpu[i] = Math.min(95, Math.round((t.cpu[i] ?? 0) + 22 * Math.exp(-up / WARM_S)));
  if (heap >= (t.heap[i] ?? 0)) return;
  t.memory[i] = Math.max(1, Math.round((t.memory[i] ?? 0) - 0.3 * ((t.heap[i] ?? 0) - heap)));
  t.heap[i] = Math.round(heap);
  t.gcMs[i] = 0;
}

/** Requests that wait keep their memory; they use no CPU. */
export function writePoolGauges(
  t: Timeline,
  i: number,
  busy: number,
  pending: number,
  active: number | undefined,
): void {
  const usual = t.threads[i] ?? 0;
  const more = Math.max(0, busy - usual);
  t.threads[i] = Math.min(THREADS, Math.round(usual + more));
  t.poolPending[i] = Math.max(pending, t.poolPending[i] ?? 0);
  t.poolActive[i] = (t.poolPending[i] ?? 0) > 0 ? CONNECTIONS : (active ?? t.poolActive[i] ?? 0);
  t.heap[i] = Math.min(91, Math.round((t.heap[i] ?? 0) + 0.2 * more));
  t.memory[i] = Math.min(95, Math.round((t.memory[i] ?? 0) + 0.32 * more));
  t.cpu[i] = Math.round(Math.max(6, (t.cpu[i] ?? 0) - 0.1 * more));
  t.gcMs[i] = Math.round((t.gcMs[i] ?? 0) * (1 + more / 40));
}
