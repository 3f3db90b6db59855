// A server that has been restarted, whatever for: it takes no requests at first, and its cache fills as they come.
import { BASELINE_CACHE_HIT } from './latency.ts';

/** Seconds a restart takes. */
export const RESTART_SECONDS = 30;

/** Seconds in which a cold cache comes two thirds of the way back. */
const WARMING_SECONDS = 70;
const COLD_CACHE_HIT = 0.2;

/** Share of the requests that find their product in the cache of a server that takes them for so many seconds. */
export const warmingCacheHit = (seconds: number): number =>
  BASELINE_CACHE_HIT -
  (BASELINE_CACHE_HIT - COLD_CACHE_HIT) * Math.exp(-Math.max(0, seconds) / WARMING_SECONDS);
