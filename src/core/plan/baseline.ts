// The shop when nothing is wrong: its load, its latency (latency.ts), and customers' own errors.
import { shopSize, trafficAt } from './curve.ts';
import { HOUR_MS } from './durations.ts';
import type { PlanBasis } from './parameters.ts';
import { noise } from './random.ts';

export { meanLatencyMs, p95LatencyMs } from './latency.ts';

/** Documents a second of all three servers, at the size of the default shop (10 to 60; 1 to 80 with other parameters). */
export function loadAt(basis: PlanBasis, ms: number): number {
  return trafficAt(basis, ms) / shopSize(basis.parameters);
}

/** Seconds a request holds a database connection, on average. */
export const CONNECTION_HOLD_S = 0.09;

/** Share of transactions that fail for the customer's own reasons in the hour of an instant, 0 to 1. */
export function backgroundShare({ parameters }: Pick<PlanBasis, 'parameters'>, ms: number): number {
  const { min, max } = parameters.errorRateNormal;
  return (min + (max - min) * (0.25 + 0.5 * noise(parameters.seed, 77, Math.floor(ms / HOUR_MS)))) / 100;
}
