// How a request ends that the server itself cannot serve: no database connection, or no memory.
import { ACQUIRE_TIMEOUT_MS } from '../../plan/models/call-times.ts';
import type { Random } from '../../plan/random.ts';
import type { Timeline } from '../../plan/timeline.ts';
import { fail } from './failed-request.ts';
import { OUT_OF_MEMORY, poolExhausted } from './failures.ts';
import { sumParts } from './request-parts.ts';
import type { Request } from './row.ts';
import type { ShopState } from './shop-state.ts';
/** A request that the server itself cannot serve: no connection, or no memory. Returns true when it fails. */
export function serverOutcome(
  request: Request,
  t: Timeline,
  i: number,
  state: ShopState,
  random: Random,
  own: number,
): boolean {
  const starved = random.next() < (t.starved[i] ?? 0);
  const chance = random.next();
  if (starved && noConnection(request, state, random)) return true;
  if (!t.leaks) return false;
  sumParts(request, own, t, random);
  const endMs = request.startMs + request.responseMs;
  // Memory runs out at the end of the work, and in a heap as full as the document shows it.
  const failMs = Math.max(1, Math.min(request.responseMs, Math.ceil(own)));
  if (chance >= outOfMemoryAt(request, state, endMs, request.startMs + failMs)) return false;
  request.upstreamMs = -1;
  request.queryMs = -1;
  request.waitMs = 0;
  request.usageMs = -1;
  request.responseMs = failMs;
  return fail(request, OUT_OF_MEMORY);
}

/** Chance that memory runs out. A request that failed before an incident was started or ended by hand stays failed. */
function outOfMemoryAt(
  { startMs, server }: Request,
  state: ShopState,
  endMs: number,
  failMs: number,
): number {
  const foreseen = state.foreseen(startMs, endMs);
  const held = foreseen && failMs < foreseen.changeMs ? foreseen.state : state;
  held.at(startMs);
  const chances = held.timeline?.outOfMemory;
  const end = Math.min((chances?.length ?? 0) - 1, held.index(endMs, server));
  return chances?.[end] ?? 0;
}

/** Waits for a connection until the pool's timeout; false where the queue is empty by then, so the request is served first. */
function noConnection(request: Request, state: ShopState, random: Random): boolean {
  const waitMs = ACQUIRE_TIMEOUT_MS + random.below(40);
  const responseMs = waitMs + 5 + random.below(90);
  const { poolPending } = state.readingOf(request.startMs + responseMs, request.server);
  if (poolPending === 0) {
    waitForChange(request, state, responseMs);
    return false;
  }
  request.upstreamMs = -1;
  request.queryMs = -1;
  request.usageMs = -1;
  request.waitMs = waitMs;
  request.responseMs = responseMs;
  return fail(request, poolExhausted(waitMs, poolPending));
}

/** A request that would have timed out waiting for a connection gets one once the incident is ended by hand. */
function waitForChange(request: Request, state: ShopState, responseMs: number): void {
  const { startMs, server } = request;
  const foreseen = state.foreseen(startMs, startMs + responseMs);
  if (!foreseen || foreseen.state.readingOf(startMs + responseMs, server).poolPending === 0) return;
  request.waitMs = Math.max(request.waitMs, foreseen.changeMs - startMs);
}
