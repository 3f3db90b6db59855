// What an incident does to each server in each second. Documents read it; so do the preview and the answer key.
import { type Frame, loadAt, meanMs, p95Ms } from './calm.ts';
import { shopSize } from './curve.ts';
import { fillTimeline } from './models/envelope.ts';
import type { Scheduled } from './schedule.ts';
import { GATEWAYS, SERVER_COUNT } from './shop.ts';
import type { Expectation } from './types.ts';

/** How a failing gateway call ends. */
export type CallFailure = 'timeout' | 'refused' | 'bad_gateway';

/** Arrays are indexed by second · 3 + server; shares and chances are 0 to 1. */
export interface Timeline {
  readonly startMs: number;
  readonly seconds: number;
  /** Index of the failing gateway; -1 when there is none. */
  readonly gateway: number;
  readonly callFailure: CallFailure;
  /** Chance of trying again after the first and the second failed attempt. */
  readonly retry: readonly [number, number];
  /** Share of new sessions that come to this server. */
  readonly share: Float32Array;
  /** Factor on the time a request spends in the service itself. */
  readonly own: Float32Array;
  /** Chance and mean, ms, of a stall: a collection or a thread that waits. */
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
  /** Chance that a call to the failing gateway fails, and the median time of one that works, ms. */
  readonly callFails: Float32Array;
  readonly callMs: Float32Array;
  readonly threads: Float32Array;
  readonly poolActive: Float32Array;
  readonly poolPending: Float32Array;
  readonly heap: Float32Array;
  readonly memory: Float32Array;
  readonly cpu: Float32Array;
  readonly gcMs: Float32Array;
  readonly breaker: Uint8Array;
  /** 95th percentile of all response times, per second, ms. */
  readonly p95Ms: Float32Array;
}

export const CALM_CACHE_HIT = 0.82;
/** Nothing answers later than this: the balancer gives up. */
export const LONGEST_MS = 35_000;

function blank(incident: Scheduled): Timeline {
  const seconds = Math.round((incident.recoveredMs - incident.startMs) / 1000);
  const each = (value: number) => new Float32Array(seconds * SERVER_COUNT).fill(value);
  return {
    startMs: incident.startMs,
    seconds,
    gateway: (GATEWAYS as readonly (string | undefined)[]).indexOf(incident.gateway),
    callFailure:
      incident.type === 'payment_gateway_timeout'
        ? 'timeout'
        : incident.type === 'circuit_breaker'
          ? 'refused'
          : 'bad_gateway',
    retry: [0.9, 0.5],
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
    callMs: each(0),
    threads: each(0),
    poolActive: each(0),
    poolPending: each(0),
    heap: each(0),
    memory: each(0),
    cpu: each(0),
    gcMs: each(0),
    breaker: new Uint8Array(seconds * SERVER_COUNT),
    p95Ms: new Float32Array(seconds),
  };
}

const memo = new Map<string, Timeline>();
const MEMO_SIZE = 400;

/** The timeline of an incident, simulated once. */
export function timelineOf(frame: Frame, incident: Scheduled): Timeline {
  const { baseTps, peakMultiplier, seed, errorRateNormal, sample } = frame.parameters;
  const { type, startMs, endMs, recoveredMs, settings, targetErrorRate } = incident;
  const inputs = [
    baseTps,
    peakMultiplier,
    seed,
    errorRateNormal,
    sample,
    type,
    startMs,
    endMs,
    recoveredMs,
    settings,
    targetErrorRate,
  ];
  const key = JSON.stringify([inputs, loadAt(frame, startMs)]);
  const known = memo.get(key);
  if (known) return known;
  const timeline = blank(incident);
  fillTimeline(frame, incident, timeline);
  if (memo.size >= MEMO_SIZE) memo.clear();
  memo.set(key, timeline);
  return timeline;
}

/** What the model expects of an incident, after sampling. */
export function expectationOf(frame: Frame, incident: Scheduled): Expectation {
  const { p95Ms: series } = timelineOf(frame, incident);
  const { parameters } = frame;
  let documents = 0;
  for (let ms = incident.startMs; ms < incident.endMs; ms += 1000) documents += loadAt(frame, ms);
  documents = Math.round((documents * shopSize(parameters)) / parameters.sample);
  return {
    documents,
    errors: {},
    errorRate: incident.targetErrorRate,
    p95Ms: Math.round(Math.max(...series)),
    maxMs: 30_000,
  };
}

export { loadAt, meanMs, p95Ms };
