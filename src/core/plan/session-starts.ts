// How many sessions begin at each server: a Poisson process at the expected rate, drawn so that any ten seconds can be
// looked at alone. Documents are made from these sessions, and the gauges of the servers follow them.
import { trafficAt } from './curve.ts';
import { READING_MS } from './durations.ts';
import type { PlanBasis, PlanParameters } from './parameters.ts';
import { noise, normalQuantile } from './random.ts';
import { DOCUMENTS_PER_SESSION, SERVER_COUNT } from './shop.ts';

/** Above this mean a Poisson count is drawn as a rounded normal one, which is as good there. */
const LARGE = 60;

/** The Poisson count below which a share `chance` of the draws lie. */
export function poissonQuantile(mean: number, chance: number): number {
  if (mean > LARGE) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalQuantile(chance)));
  let probability = Math.exp(-mean);
  let below = probability;
  let count = 0;
  while (below < chance && count < 4 * LARGE) {
    count++;
    probability *= mean / count;
    below += probability;
  }
  return count;
}

/** Counts in the cache, a power of two. */
const REMEMBERED = 1024;

class StartCache {
  readonly ticks = new Float64Array(REMEMBERED).fill(Number.NaN);
  readonly counts = new Uint32Array(REMEMBERED);
}

const caches = new WeakMap<PlanParameters, StartCache>();

function cacheOf(parameters: PlanParameters): StartCache {
  const cache = caches.get(parameters) ?? new StartCache();
  caches.set(parameters, cache);
  return cache;
}

type Basis = Pick<PlanBasis, 'offsets' | 'parameters'>;

/** Sessions that begin at a server in the ten seconds from `tick` · READING_MS, before sampling. @param server index into SERVERS. */
export function sessionStarts(basis: Basis, tick: number, server: number): number {
  const { parameters } = basis;
  const cache = cacheOf(parameters);
  const key = tick * SERVER_COUNT + server;
  const place = key & (REMEMBERED - 1);
  if (cache.ticks[place] === key) return cache.counts[place] ?? 0;
  const perSecond = trafficAt(basis, (tick + 0.5) * READING_MS) / DOCUMENTS_PER_SESSION / SERVER_COUNT;
  const mean = (perSecond * READING_MS) / 1000;
  const count = poissonQuantile(mean, noise(parameters.seed + 9, tick, server));
  cache.ticks[place] = key;
  cache.counts[place] = count;
  return count;
}

/** A request comes some seconds or half a minute after its session began: what each of the last readings brings to one. */
const KERNEL: readonly number[] = [0.34, 0.2, 0.16, 0.12, 0.1, 0.08];

/** Documents a second that a server was given at a reading, in the units of trafficAt. */
export function servedAt(basis: Basis, tick: number, server: number): number {
  let sessions = 0;
  for (const [back, weight] of KERNEL.entries())
    sessions += weight * sessionStarts(basis, tick - back, server);
  return (sessions * DOCUMENTS_PER_SESSION * 1000) / READING_MS;
}
