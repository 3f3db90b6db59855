// The shop when nothing is wrong: latency that bends with load, and the gauges of its servers.
import { curveAt, scaleRate, shopSize } from './curve.ts';
import { HOUR_MS } from './durations.ts';
import type { PlanBasis } from './parameters.ts';
import { noise, normalQuantile } from './random.ts';
import { SERVER_COUNT } from './shop.ts';

/** Documents a second of all three servers, at the size of the default shop (10 to 60; 1 to 80 with other parameters). */
export function loadAt(basis: PlanBasis, ms: number): number {
  return scaleRate(curveAt(basis.offsets, ms), basis.parameters) / shopSize(basis.parameters);
}

/** Smallest response time, ms. */
export const MIN_LATENCY_MS = 180;

/** Spread of the rest: the standard deviation of its logarithm. p99 / p50 of the rest is then 4. */
export const LATENCY_SPREAD = 0.6;

/**
 * Median of the part of a response time above the floor, ms, at this load. It bends as 1 / (1 − utilisation), the
 * waiting of an M/M/1 queue, and utilisation reaches 0.3 at the top of the day: p50 is 290 ms at night, 330 ms at 60 TPS.
 */
export function baselineLatencyMs(load: number): number {
  return 105 / (1 - Math.min(load / 200, 0.95));
}

/** Mean response time at this load, ms: floor plus the mean of the lognormal rest. */
export function meanLatencyMs(load: number): number {
  return MIN_LATENCY_MS + baselineLatencyMs(load) * Math.exp((LATENCY_SPREAD * LATENCY_SPREAD) / 2);
}

/** 95th percentile of response times at this load, ms. */
export function p95LatencyMs(load: number): number {
  return MIN_LATENCY_MS + baselineLatencyMs(load) * Math.exp(LATENCY_SPREAD * 1.645);
}

/** Gauges are read every ten seconds, on the ten seconds of UTC. */
export const READING_MS = 10_000;

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
  version: '',
  versionKey: 0,
});

/** Seconds a request holds a database connection, on average. */
export const CONNECTION_HOLD_S = 0.09;

/** Writes the gauges of a server in normal operation at the reading of an instant. Busy threads and connections by Little's law. */
export function baselineGauges(basis: PlanBasis, server: number, ms: number, into: Gauges): Gauges {
  const tick = Math.floor(ms / READING_MS);
  const { seed } = basis.parameters;
  const load = loadAt(basis, ms);
  const perServer = load / SERVER_COUNT;
  const wobble = (salt: number) => normalQuantile(noise(seed + salt, tick, server));
  const threads = (perServer * meanLatencyMs(load)) / 1000;
  const connections = perServer * CONNECTION_HOLD_S;
  into.threads = Math.max(1, Math.round(threads + Math.sqrt(threads) * wobble(1)));
  into.poolActive = Math.min(8, Math.max(0, Math.round(connections + Math.sqrt(connections) * wobble(2))));
  into.poolPending = 0;
  into.heap = baselineHeap(seed, server, ms, load);
  into.memory = Math.round(34 + into.heap * 0.45);
  into.cpu = Math.round(Math.min(95, 12 + perServer * 1.6 + 2 * wobble(3)));
  into.gcMs = Math.round(12 * Math.exp(0.35 * wobble(4)));
  into.breaker = 0;
  into.version = '4.12.0';
  into.versionKey = 0;
  return into;
}

/** Heap in use, percent: a sawtooth between garbage collections, a little faster under load. */
function baselineHeap(seed: number, server: number, ms: number, load: number): number {
  const period = 300_000 + 17_000 * server;
  const tooth = Math.floor(ms / period);
  const rise = ms / period - tooth;
  const floor = 36 + 3 * noise(seed + 5, tooth, server);
  return Math.round(floor + (16 + load / 8) * rise);
}

/** Share of transactions that fail for the customer's own reasons in the hour of an instant, 0 to 1. */
export function backgroundShare({ parameters }: Pick<PlanBasis, 'parameters'>, ms: number): number {
  const { min, max } = parameters.errorRateNormal;
  return (min + (max - min) * (0.25 + 0.5 * noise(parameters.seed, 77, Math.floor(ms / HOUR_MS)))) / 100;
}
