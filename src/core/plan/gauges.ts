// What the servers report when nothing is wrong: gauges that follow the requests each server was given.
import { CONNECTION_HOLD_S, loadAt, meanLatencyMs } from './baseline.ts';
import { shopSize } from './curve.ts';
import { MINUTE_MS, READING_MS } from './durations.ts';
import { healthyHeap } from './heap-teeth.ts';
import { BASELINE_CACHE_HIT, OLDER_LATENCY } from './latency.ts';
import type { PlanBasis } from './parameters.ts';
import { noise } from './random.ts';
import { herringAt } from './red-herrings.ts';
import { poissonQuantile, servedAt } from './session-starts.ts';
import { CONNECTIONS, SERVER_COUNT, THREADS } from './shop.ts';
import { type Wander, wanderAt } from './wander.ts';

/** What a server reports at one reading. */
export interface Gauges {
  threads: number;
  poolActive: number;
  poolPending: number;
  heap: number;
  memory: number;
  cpu: number;
  gcMs: number;
  /** Index into BREAKER_STATES. */
  breaker: number;
  /** False in a gap: the documents then show none of the gauges. */
  reported: boolean;
  /** Mean of what requests wait for a connection besides the usual, ms. */
  crowdedMs: number;
  /** Share of the requests that find their product in the server's cache. */
  cacheHit: number;
  /** True for a server that has just been restarted and takes no requests yet. */
  starting: boolean;
  /** Version of the service that runs there, and a number of its own for it. */
  version: string;
  versionKey: number;
}

export const emptyGauges = (): Gauges => ({
  threads: 0,
  poolActive: 0,
  poolPending: 0,
  heap: 0,
  memory: 0,
  cpu: 0,
  gcMs: 0,
  breaker: 0,
  reported: true,
  crowdedMs: 0,
  cacheHit: BASELINE_CACHE_HIT,
  starting: false,
  version: '',
  versionKey: 0,
});

/** One server stands on older hardware. */
const OLDER_CPU = 6;

/** Index of the server on older hardware. */
const olderServer = (seed: number) => Math.floor(noise(seed, 6, 0) * SERVER_COUNT);

/** Factor on the response times of a server. @param server index into SERVERS. */
export const latencyFactor = (seed: number, server: number) =>
  server === olderServer(seed) ? OLDER_LATENCY : 1;

/** Percent of CPU that a request a second costs. */
const CPU_PER_REQUEST = 1.6;
/** What runs beside the requests: scrapers, log shipping, the kernel. */
const CPU_WANDER: Wander = { sd: 0.9, tauMs: 45_000, salt: 10 };
const THREAD_WANDER: Wander = { sd: 0.6, tauMs: 40_000, salt: 20 };
const MEMORY_WANDER: Wander = { sd: 1.3, tauMs: 25 * MINUTE_MS, salt: 30 };

/** Documents a second that a server was given at an instant, at the size of the default shop. */
export const servedLoad = (basis: PlanBasis, ms: number, server: number) =>
  servedAt(basis, Math.floor(ms / READING_MS), server) / shopSize(basis.parameters);

/** Readings in which a burst or a slow query takes the whole pool for a moment: about eight a day and server. */
const HICCUP_CHANCE = 8 / 8640;

/**
 * Writes the gauges of a server in normal operation at the reading of an instant. Busy threads and connections are requests
 * times the time each takes (Little's law), with the spread of a Poisson count.
 */
export function baselineGauges(basis: PlanBasis, server: number, ms: number, into: Gauges): Gauges {
  const tick = Math.floor(ms / READING_MS);
  const { seed } = basis.parameters;
  const readMs = tick * READING_MS;
  const served = servedLoad(basis, readMs, server);
  const older = server === olderServer(seed);
  const wander = (of: Wander) => wanderAt(seed, { ...of, salt: of.salt + server }, readMs);
  const latencyS = (meanLatencyMs(loadAt(basis, readMs)) * (older ? OLDER_LATENCY : 1)) / 1000;
  const { heap, pauseMs } = healthyHeap(basis, tick, server);
  into.threads = Math.max(1, Math.round(served * latencyS + wander(THREAD_WANDER)));
  into.poolActive = Math.min(
    CONNECTIONS - 2,
    poissonQuantile(served * CONNECTION_HOLD_S, noise(seed + 2, tick, server)),
  );
  into.poolPending = 0;
  into.heap = heap;
  into.memory = Math.round(40 + 0.3 * (heap > 40 ? 40 : heap) + 2 * server + wander(MEMORY_WANDER));
  into.cpu = Math.round(
    Math.min(
      95,
      Math.max(
        3,
        11 + served * CPU_PER_REQUEST + (older ? OLDER_CPU : 0) + wander(CPU_WANDER) + pauseMs / 30,
      ),
    ),
  );
  into.gcMs = pauseMs;
  into.breaker = 0;
  into.crowdedMs = 0;
  const { pauseMs: herringMs, server: paused } = herringAt(basis, readMs);
  if (herringMs > 0 && paused === server) into.gcMs = herringMs;
  if (noise(seed + 3, tick, server) < HICCUP_CHANCE) hiccup(noise(seed + 4, tick, server), into);
  return into;
}

function hiccup(size: number, into: Gauges): void {
  into.poolActive = CONNECTIONS;
  into.poolPending = 1 + Math.floor(12 * size * size);
  into.threads = Math.min(THREADS, into.threads + CONNECTIONS + Math.round(55 * size));
}
