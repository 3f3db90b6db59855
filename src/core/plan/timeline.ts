// What an incident does to each server in each second: the source of the documents, the preview and the answer key.
import { READING_MS } from './durations.ts';
import { baselineGauges, emptyGauges } from './gauges.ts';
import { BASELINE_CACHE_HIT } from './latency.ts';
import type { CallFailure } from './models/call-times.ts';
import type { PlanBasis } from './parameters.ts';
import { BALANCERS, GATEWAYS, SERVER_COUNT } from './shop.ts';

/**
 * Chances and shares are 0 to 1. Series are indexed by second · 3 + server (admitted by second), gauges by
 * reading · 3 + server. A series that the model leaves alone is one constant for all timelines: see writable().
 */
export interface Timeline {
  readonly startMs: number;
  readonly seconds: number;
  /** Index of the failing gateway; -1 when there is none. */
  readonly gateway: number;
  /** Index of the balancer whose customers alone meet it; -1 for all. */
  readonly balancer: number;
  readonly callFailure: CallFailure;
  /** Median time of a failing call, ms. */
  failMs: number;
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
  /** Chance that memory runs out for a request that ends in this second; 0 throughout unless `leaks`. */
  outOfMemory: Float32Array;
  leaks: boolean;
  /** True where requests keep their database connection while they call a gateway. */
  holdsConnections: boolean;
  cacheHit: Float32Array;
  /** Chance that the breaker rejects a call to the failing gateway. */
  refused: Float32Array;
  /** Chance that a permitted call fails, and that it gets a quick 502. */
  callFails: Float32Array;
  callBad: Float32Array;
  /** Share of working calls that are slow, and their median, ms. */
  callSlow: Float32Array;
  callMs: Float32Array;

  /** Second at which each server gets the version that leaks, and at which it is restarted; Infinity for never. */
  readonly rollouts: number[];
  readonly restarts: number[];
  /** When the platform kills a process that ran out of memory. */
  readonly kills: { readonly server: number; readonly second: number }[];

  threads: Float32Array;
  poolActive: Float32Array;
  poolPending: Float32Array;
  heap: Float32Array;
  memory: Float32Array;
  cpu: Float32Array;
  gcMs: Float32Array;
  /** Index into BREAKER_STATES. */
  readonly breaker: Uint8Array;
}

/** No response takes longer, ms: the load balancer gives up. */
export const MAX_RESPONSE_MS = 35_000;
/** Seconds between two readings. */
export const READING_S = READING_MS / 1000;

const constants = new Map<number, Float32Array>();

/** A series with one value, as long as any asked for so far; timelines share it, so models must not write it. */
function constant(value: number, seconds: number): Float32Array {
  const known = constants.get(value);
  if (known && known.length >= seconds * SERVER_COUNT) return known;
  const made = new Float32Array(seconds * SERVER_COUNT).fill(value);
  constants.set(value, made);
  return made;
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
  incident: {
    readonly startMs: number;
    readonly recoveredMs: number;
    readonly gateway?: string;
    readonly balancer?: string;
  },
  callFailure: CallFailure,
): Timeline {
  const seconds = Math.ceil((incident.recoveredMs - incident.startMs) / 1000);
  const ticks = Math.ceil(seconds / READING_S);
  const always = (value: number) => constant(value, seconds);
  const gauge = () => new Float32Array(ticks * SERVER_COUNT);
  const timeline: Timeline = {
    startMs: incident.startMs,
    seconds,
    gateway: (GATEWAYS as readonly (string | undefined)[]).indexOf(incident.gateway),
    balancer: (BALANCERS as readonly (string | undefined)[]).indexOf(incident.balancer),
    callFailure,
    failMs: 0,
    retryFailed: [0, 0],
    retryRefused: [0, 0],
    admitted: always(1),
    share: always(1 / SERVER_COUNT),
    own: always(1),
    stallChance: always(0),
    stallMs: always(0),
    waitMs: always(0),
    starved: always(0),
    outOfMemory: always(0),
    leaks: false,
    holdsConnections: false,
    cacheHit: always(BASELINE_CACHE_HIT),
    refused: always(0),
    callFails: always(0),
    callBad: always(0),
    callSlow: always(0),
    callMs: always(0),
    rollouts: new Array(SERVER_COUNT).fill(Number.POSITIVE_INFINITY),
    restarts: new Array(SERVER_COUNT).fill(Number.POSITIVE_INFINITY),
    kills: [],
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
    timeline.poolPending[i] = gauges.poolPending;
    timeline.heap[i] = gauges.heap;
    timeline.memory[i] = gauges.memory;
    timeline.cpu[i] = gauges.cpu;
    timeline.gcMs[i] = gauges.gcMs;
  }
  return timeline;
}
