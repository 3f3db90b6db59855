// Errors of normal operation: the customers' own, at a rate that differs a little from hour to hour.
import type { Frame } from './baseline.ts';
import { noise } from './random.ts';

const HOUR_MS = 3_600_000;

/** Share of transactions that fail for reasons of the customer's own in the hour of an instant, 0 to 1. */
export function backgroundShare({ parameters }: Pick<Frame, 'parameters'>, ms: number): number {
  const { min, max } = parameters.errorRateNormal;
  return (min + (max - min) * (0.25 + 0.5 * noise(parameters.seed, 77, Math.floor(ms / HOUR_MS)))) / 100;
}
