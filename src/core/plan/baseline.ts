// The shop when nothing is wrong: latency that bends with load, and customers' own errors.
import { shopSize, trafficAt } from './curve.ts';
import { HOUR_MS } from './durations.ts';
import type { PlanBasis } from './parameters.ts';
import { noise } from './random.ts';

/** Documents a second of all three servers, at the size of the default shop (10 to 60; 1 to 80 with other parameters). */
export function loadAt(basis: PlanBasis, ms: number): number {
  return trafficAt(basis, ms) / shopSize(basis.parameters);
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

/** Seconds a request holds a database connection, on average. */
export const CONNECTION_HOLD_S = 0.09;

/** Share of transactions that fail for the customer's own reasons in the hour of an instant, 0 to 1. */
export function backgroundShare({ parameters }: Pick<PlanBasis, 'parameters'>, ms: number): number {
  const { min, max } = parameters.errorRateNormal;
  return (min + (max - min) * (0.25 + 0.5 * noise(parameters.seed, 77, Math.floor(ms / HOUR_MS)))) / 100;
}
