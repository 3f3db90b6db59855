// How the parts of a request add up to its response time.
import { HELD_SHARE } from '../../plan/latency.ts';
import type { Random } from '../../plan/random.ts';
import { MAX_RESPONSE_MS, type Timeline } from '../../plan/timeline.ts';
import type { Request } from './row.ts';
/** Adds the parts up, to at most what the load balancer waits. */
export function sumParts(request: Request, own: number, t: Timeline | undefined, random: Random): void {
  const queryMs = Math.max(0, request.queryMs);
  const callMs = Math.max(0, request.upstreamMs);
  const parts = queryMs + callMs;
  request.waitMs = Math.min(request.waitMs, Math.max(0, MAX_RESPONSE_MS - 2000 - parts));
  // Cut at various times within 400 ms, so that the limit does not show as a line in charts.
  request.responseMs = Math.min(
    MAX_RESPONSE_MS - Math.floor(own % 400),
    Math.ceil(own) + parts + Math.max(0, request.waitMs),
  );
  const held = own * HELD_SHARE * (0.2 + 1.6 * random.next());
  const free = request.responseMs - parts - Math.max(0, request.waitMs);
  const heldMs = Math.round(Math.min(held, free)) + (t?.holdsConnections ? callMs : 0);
  request.usageMs = request.queryMs < 0 ? -1 : queryMs + heldMs;
}
