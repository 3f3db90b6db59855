// What an incident does to each server in each second. Documents read it; so do the preview and the answer key.
import { emptyGauges, type Frame, readCalm, TICK_MS } from './calm.ts';
import type { Scheduled } from './schedule.ts';
import { GATEWAYS, SERVER_COUNT } from './shop.ts';

/** How a call to the failing gateway fails: no answer in 30 s, no connection in 10 s, or a 502 after a while. */
export type CallFailure = 'timeout' | 'unreachable' | 'bad_gateway';

/** Chances and shares are 0 to 1. Arrays of seconds are indexed by second · 3 + server, gauges by reading · 3 + server. */
export interface Timeline {
  readonly startMs: number;
  readonly seconds: number;
  /** Index of the failing gateway; -1 when there is none. */
  readonly gateway: number;
  readonly callFailure: CallFailure;
  /** Chance that the service tries again after the first and the second failed call. */
  retryFailed: readonly [number, number];
  /** Chance that the customer tries again after the first and the second refusal. */
  retryRefused: readonly [number, number];

  /** Share of sessions at the door that are let in, per second. */
  readonly admitted: Float32Array;
  /** Share of new sessions that come to this server. */
  readonly share: Float32Array;
  /** Factor on the time a request spends in the service itself. */
  readonly own: Float32Array;
  /** Chance and mean, ms, of a stall: waiting for collections to end. */
  readonly stallChance: Float32Array;
  readonly stallMs: Float32Array;
  /** Mean wait for a database connection of those who get one, ms. */
  readonly waitMs: Float32Array;
  /** Chance to wait the full 30 s for a connection in vain. */
  readonly starved: Float32Array;
  readonly outOfMemory: Float32Array;
  readonly cacheHit: Float32Array;
  /** Chance that the breaker lets no call through to the failing gateway. */
  readonly refused: Float32Array;
  /** Chance that a call that goes through fails, and that it is answered with a quick 502. */
  readonly callFails: Float32Array;
  readonly callBad: Float32Array;
  /** Share of working calls that are slow, and their median, ms. */
  readonly callSlow: Float32Array;
  readonly callMs: Float32Array;

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

/** Share of requests that find their product in the cache. */
export const CALM_CACHE_HIT = 0.82;
/** Seconds between two readings. */
export const TICK_S = TICK_MS / 1000;

/** A timeline on which nothing happens: gauges are calm, nothing fails. */
export function calmTimeline(frame: Frame, incident: Scheduled): Timeline {
  const seconds = Math.round((incident.recoveredMs - incident.startMs) / 1000);
  const ticks = Math.ceil(seconds / TICK_S);
  const each = (value: number) => new Float32Array(seconds * SERVER_COUNT).fill(value);
  const gauge = () => new Float32Array(ticks * SERVER_COUNT);
  const timeline: Timeline = {
    startMs: incident.startMs,
    seconds,
    gateway: (GATEWAYS as readonly (string | undefined)[]).indexOf(incident.gateway),
    callFailure: CALL_FAILURES[incident.type] ?? 'bad_gateway',
    retryFailed: [0, 0],
    retryRefused: [0, 0],
    admitted: new Float32Array(seconds).fill(1),
    share: each(1 / SERVER_COUNT),
    own: each(1),
    stallChance: each(0),
    stallMs: each(0),
    waitMs: each(0),
    starved: each(0),
    outOfMemory: each(0),
    cacheHit: each(CALM_CACHE_HIT),
    refused: each(0),
    callFails: each(0),
    callBad: each(0),
    callSlow: each(0),
    callMs: each(0),
    threads: gauge(),
    poolActive: gauge(),
    poolPending: gauge(),
    heap: gauge(),
    memory: gauge(),
    cpu: gauge(),
    gcMs: gauge(),
    breaker: new Uint8Array(ticks * SERVER_COUNT),
  };
  const calm = emptyGauges();
  for (let i = 0; i < ticks * SERVER_COUNT; i++) {
    const tick = Math.floor(i / SERVER_COUNT);
    readCalm(frame, i % SERVER_COUNT, incident.startMs + tick * TICK_MS, calm);
    timeline.threads[i] = calm.threads;
    timeline.poolActive[i] = calm.poolActive;
    timeline.heap[i] = calm.heap;
    timeline.memory[i] = calm.memory;
    timeline.cpu[i] = calm.cpu;
    timeline.gcMs[i] = calm.gcMs;
  }
  return timeline;
}

const CALL_FAILURES: Readonly<Record<string, CallFailure>> = {
  payment_gateway_timeout: 'timeout',
  circuit_breaker: 'unreachable',
};
