// The heap of a server whose live data grows: garbage collections come more often, free less and take longer.

/** Live data of a healthy server, percent of the heap. */
export const HEALTHY_LIVE = 38;
/** A full heap: what is left cannot be used. */
export const MAX_LIVE = 98.5;
/** Heap of a process that has just started, percent. */
export const FRESH_HEAP = 11;
/** Percent of the heap that a request allocates, and that the service allocates by itself in a second. */
export const ALLOCATED = 0.05;
export const IDLE_ALLOCATED = 0.01;

export interface Collections {
  /** Seconds from one to the next. */
  readonly everyS: number;
  /** Length of a pause, ms. */
  readonly pauseMs: number;
  /** Share of time spent in pauses, 0 to 1. */
  readonly share: number;
}

/**
 * Collections of a heap with this much live data, percent, at this many requests a second. One comes whenever four
 * fifths of the free part are filled. A young collection takes time with the square of the live data; when less than a
 * quarter is free, full collections add up to 6 s. With nothing free the share of time in collections nears 1, as in
 * the JVM's "GC overhead limit".
 */
export function collections(live: number, requests: number): Collections {
  const free = 100 - live;
  const everyMs = (1000 * 0.8 * free) / (IDLE_ALLOCATED + requests * ALLOCATED);
  const full = 6000 * (Math.max(0, 50 - free) / 50) ** 2.6;
  const pauseMs = 12 * (live / HEALTHY_LIVE) ** 2 + full;
  return { everyS: everyMs / 1000, pauseMs, share: pauseMs / (pauseMs + everyMs) };
}

/**
 * Factor on a server's own time while its collector marks live data beside the work and soft caches are emptied: more
 * of both the less is free.
 */
export function markingFactor(live: number): number {
  return 1 + 4.5 * ((live - HEALTHY_LIVE) / (100 - HEALTHY_LIVE)) ** 1.3;
}

/** Share of requests whose answer can be built only with one large allocation. */
const LARGE = 0.8;
/** Live data, percent, below which a full collection always makes room. */
const ROOM_BELOW = 55;
/** Live data above which it no longer does: it makes less and less room on the way, so failures rise with the pauses. */
export const NO_ROOM = 80;

/**
 * Chance that a request finds no memory: its large allocation does not fit into what is free. Sizes are
 * Weibull distributed (shape 3) around `size`, percent of the heap, so that next to nothing fails while half of the
 * heap is free; and the collector gives up only where its full collections find little, long pauses before.
 * @param noRoom see NO_ROOM.
 */
export function outOfMemory(live: number, size: number, noRoom: number): number {
  const scarce = Math.min(1, Math.max(0, (live - ROOM_BELOW) / (noRoom - ROOM_BELOW)));
  return scarce * LARGE * Math.exp(-(((100 - live) / size) ** 3));
}
