// What an incident does to each server in each second: the source of the documents, the preview and the answer key.
import { READING_MS } from './durations.ts';
import { baselineGauges, emptyGauges } from './gauges.ts';
import type { CallFailure } from './models/call-times.ts';
import type { PlanBasis } from './parameters.ts';
import { GATEWAYS, SERVER_COUNT } from './shop.ts';

/**
 * Chances and shares are 0 to 1. Series are indexed by second · 3 + server (admitted by second), gauges by
 * reading · 3 + server. A series that the model leaves alone is one constant for all timelines: see writable().
 */
export interface Timeline {
  readonly startMs: number;
  readonly seconds: number;
  /** Index of the failing gateway; -1 when there is none. */
  readonly gateway: number;
  readonly callFailure: CallFailure;
  /** Chance that the service tries again after the first and the second failed call. */
  retryFailed: readonly [number, number];
  /** Chance that the customer tries again after the first and the second rejection. */
  retryRefused: readonly [number, number];

  /** Share of new sessions that a server accepts, per second. */
  admitted: Float32Array;
  /** Share of new sessions that come to this server. */
  share: Float32Array;
  /** Factor on the time a request spends in the service itself. */
  own: Float32Array;
  /** Chance and mean, ms, of a stall: waiting for a garbage collection to end. */
  stallChance: Float32Array;
  stallMs: Float32Array;
  /** Mean wait for a database connection of those who get one, ms. */
  waitMs: Float32Array;
  /** Chance to time out after waiting 30 s for a connection. */
  starved: Float32Array;
  outOfMemory: Float32Array;
  cacheHit: Float32Array;
  /** Chance that the breaker rejects a call to the failing gateway. */
  refused: Float32Array;
  /** Chance that a permitted call fails, and that it gets a quick 502. */
  callFails: Float32Array;
  callBad: Float32Array;
  /** Share of working calls that are slow, and their median, ms. */
  callSlow: Float32Array;
  callMs: Float32Array;

  readonly threads: Float32Array;
  readonly poolActive: Float32Array;
  readonly poolPending: Float32Array;
  readonly heap: Float32Array;
  readonly memory: Float32Array;
  readonly cpu: Float32Array;
  readonly gcMs: Float32Array;
  /** Index into BREAKER_STATES. */
  readonly breaker: Uint8Array;
}

/** Share of requests that find their product in the cache, in normal operation. */
export const BASELINE_CACHE_HIT = 0.82;
/** No response takes longer, ms: the load balancer gives up. */
export const MAX_RESPONSE_MS = 35_000;
/** Seconds between two readings. */
export const READING_S = READING_MS / 1000;

/** Length of the longest incident with its recovery, s. */
const MAX_SECONDS = 1500;
const constants = new Map<number, Float32Array>();

/** A series with one value; timelines share it, so models must not write it. */
function constant(value: number): Float32Array {
  const known = constants.get(value) ?? new Float32Array(MAX_SECONDS * SERVER_COUNT).fill(value);
  constants.set(value, known);
  return known;
}

type Series = {
  [K in keyof Timeline]: Timeline[K] extends Float32Array ? K : never;
}[keyof Timeline];

/** Gives a timeline series of its own that a model can write; they begin as in normal operation. */
export function writable(timeline: Timeline, ...names: Exclude<Series, Gauge>[]): void {
  for (const name of names) timeline[name] = timeline[name].slice(0, timeline.seconds * SERVER_COUNT);
}

type Gauge = 'threads' | 'poolActive' | 'poolPending' | 'heap' | 'memory' | 'cpu' | 'gcMs';

/** A timeline on which nothing happens: gauges are those of normal operation. */
export function baselineTimeline(
  basis: PlanBasis,
  incident: { readonly startMs: number; readonly recoveredMs: number; readonly gateway?: string },
  callFailure: CallFailure,
): Timeline {
  const seconds = Math.round((incident.recoveredMs - incident.startMs) / 1000);
  const ticks = Math.ceil(seconds / READING_S);
  const gauge = () => new Float32Array(ticks * SERVER_COUNT);
  const timeline: Timeline = {
    startMs: incident.startMs,
    seconds,
    gateway: (GATEWAYS as readonly (string | undefined)[]).indexOf(incident.gateway),
    callFailure: callFailure,
    retryFailed: [0, 0],
    retryRefused: [0, 0],
    admitted: constant(1),
    share: constant(1 / SERVER_COUNT),
    own: constant(1),
    stallChance: constant(0),
    stallMs: constant(0),
    waitMs: constant(0),
    starved: constant(0),
    outOfMemory: constant(0),
    cacheHit: constant(BASELINE_CACHE_HIT),
    refused: constant(0),
    callFails: constant(0),
    callBad: constant(0),
    callSlow: constant(0),
    callMs: constant(0),
    threads: gauge(),
    poolActive: gauge(),
    poolPending: gauge(),
    heap: gauge(),
    memory: gauge(),
    cpu: gauge(),
    gcMs: gauge(),
    breaker: new Uint8Array(ticks * SERVER_COUNT),
  };
  const gauges = emptyGauges();
  for (let i = 0; i < ticks * SERVER_COUNT; i++) {
    const tick = Math.floor(i / SERVER_COUNT);
    baselineGauges(basis, i % SERVER_COUNT, incident.startMs + tick * READING_MS, gauges);
    timeline.threads[i] = gauges.threads;
    timeline.poolActive[i] = gauges.poolActive;
    timeline.heap[i] = gauges.heap;
    timeline.memory[i] = gauges.memory;
    timeline.cpu[i] = gauges.cpu;
    timeline.gcMs[i] = gauges.gcMs;
  }
  return timeline;
}
