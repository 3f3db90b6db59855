// Slow noise at any instant without the noise before it: a first-order autoregressive series (AR(1)) as the moving average
// of independent draws, each keyed by the seed and its place in time.
import { noise, normalQuantile } from './random.ts';

export interface Wander {
  /** Standard deviation. */
  readonly sd: number;
  /** Time after which the correlation has fallen to 1/e, ms. */
  readonly tauMs: number;
  /** Tells series of one seed apart; below MAX_SALT. */
  readonly salt: number;
}

/** Draws in one correlation time, and correlation times that are looked back. */
const PER_TAU = 4;
const LOOK_BACK = 4;
const STEP = Math.exp(-1 / PER_TAU);
const WEIGHTS = Float64Array.from({ length: PER_TAU * LOOK_BACK }, (_, back) => STEP ** back);
/** Makes the variance of the weighted sum 1. */
const SCALE = 1 / Math.sqrt(WEIGHTS.reduce((sum, weight) => sum + weight * weight, 0));

const MAX_SALT = 256;

/** Knots in the cache. */
const REMEMBERED = 4096;
const places = new Float64Array(REMEMBERED).fill(Number.NaN);
const seeds = new Uint32Array(REMEMBERED);
const values = new Float64Array(REMEMBERED);

/** Standard normal value of a series at a knot; neighbors correlate by e^(-1/4). */
function knot(seed: number, salt: number, index: number): number {
  const key = index * MAX_SALT + salt;
  const place = (((index * 31 + salt * 7919) ^ seed) >>> 0) % REMEMBERED;
  if (places[place] === key && seeds[place] === seed) return values[place] ?? 0;
  let sum = 0;
  for (let back = 0; back < WEIGHTS.length; back++)
    sum += (WEIGHTS[back] ?? 0) * normalQuantile(noise(seed + salt * 7907, index - back, 31));
  places[place] = key;
  seeds[place] = seed;
  values[place] = sum * SCALE;
  return sum * SCALE;
}

/** The series at an instant: normal with mean 0, straight between knots. */
export function wanderAt(seed: number, { sd, tauMs, salt }: Wander, ms: number): number {
  const at = (ms * PER_TAU) / tauMs;
  const index = Math.floor(at);
  const low = knot(seed, salt, index);
  return sd * (low + (at - index) * (knot(seed, salt, index + 1) - low));
}
