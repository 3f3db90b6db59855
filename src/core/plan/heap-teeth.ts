// The heap of a healthy server: requests allocate, and a collection comes when it is full. What survives grows old until a
// mixed collection cleans it. Each day of UTC is integrated alone, from a collection at its start, so any day can be drawn.
import { loadAt } from './baseline.ts';
import { DAY_MS, MINUTE_MS, READING_MS } from './durations.ts';
import { ALLOCATED, FRESH_HEAP, HEALTHY_LIVE, IDLE_ALLOCATED } from './models/heap.ts';
import type { PlanBasis, PlanParameters } from './parameters.ts';
import { hashText, Random } from './random.ts';
import { restartsOf } from './releases.ts';
import { SERVER_COUNT } from './shop.ts';

/** A day of one server, by reading. */
interface HeapDay {
  /** Percent in use. */
  readonly heap: Uint8Array;
  /** The longest pause of the ten seconds before the reading, ms; 0 without a collection. */
  readonly pauseMs: Uint16Array;
}

const READINGS = DAY_MS / READING_MS;
const READING_S = READING_MS / 1000;
const READINGS_IN_MINUTE = MINUTE_MS / READING_MS;

/** A collection comes when this much is in use, percent, give or take two. */
const FULL = 86;
/** What a young collection moves to the old generation, percent, and where a mixed collection cleans that up. */
const PROMOTED = 0.35;
const OLD_LIMIT = HEALTHY_LIVE + 11;
/** What each collection adds after a restart until a heap is as old as others, percent. */
const FRESH_PROMOTED = 4;
/** Full collections are some ten a day; most pause for 200 to 600 ms. */
const FULL_SHARE = 0.013;
const FULL_MS = { least: 200, most: 9000, alpha: 1.1 };
/** Large objects can fill the heap between two checks: so often, and so far, a collection comes late. */
const LATE_SHARE = 0.006;
const LATE = { from: 92, to: 99 };

const HEAP = hashText('heap');
const days = new WeakMap<PlanParameters, Map<number, HeapDay>>();
/** Days of servers in the cache. */
const REMEMBERED = 12;

/** Heap in use, percent, and the longest pause, ms, of a healthy server at a reading. @param server index into SERVERS. */
export function healthyHeap(
  basis: PlanBasis,
  tick: number,
  server: number,
): { heap: number; pauseMs: number } {
  const day = Math.floor(tick / READINGS);
  const { heap, pauseMs } = dayOf(basis, day, server);
  const at = tick - day * READINGS;
  return { heap: heap[at] ?? HEALTHY_LIVE, pauseMs: pauseMs[at] ?? 0 };
}

function dayOf(basis: PlanBasis, day: number, server: number): HeapDay {
  const known = days.get(basis.parameters) ?? new Map<number, HeapDay>();
  days.set(basis.parameters, known);
  const key = day * SERVER_COUNT + server;
  const made = known.get(key) ?? integrate(basis, day, server);
  if (!known.has(key) && known.size >= REMEMBERED) {
    const [oldest] = known.keys();
    if (oldest !== undefined) known.delete(oldest);
  }
  known.set(key, made);
  return made;
}

function integrate(basis: PlanBasis, day: number, server: number): HeapDay {
  const random = new Random(basis.parameters.seed, HEAP + server, day);
  const heap = new Uint8Array(READINGS);
  const pauses = new Uint16Array(READINGS);
  const restarts = restartsOf(basis, server, day * DAY_MS, (day + 1) * DAY_MS);
  let old = HEALTHY_LIVE - 3 + 10 * random.next();
  let used = old;
  let full = FULL;
  let perSecond = 0;
  for (let at = 0; at < READINGS; at++) {
    const ms = day * DAY_MS + at * READING_MS;
    if (at % READINGS_IN_MINUTE === 0)
      perSecond = IDLE_ALLOCATED + (ALLOCATED * loadAt(basis, ms)) / SERVER_COUNT;
    used += perSecond * READING_S * (0.85 + 0.3 * random.next());
    if (restarts.length > 0 && restarts.some((restart) => restart > ms - READING_MS && restart <= ms)) {
      old = FRESH_HEAP;
      used = FRESH_HEAP;
    }
    let pause = 0;
    if (used >= full) {
      const chance = random.next();
      const spread = Math.exp(0.35 * random.normal());
      old += old < HEALTHY_LIVE - 4 ? FRESH_PROMOTED : PROMOTED * (0.5 + random.next());
      pause = (9 + old / 8) * spread;
      if (chance < FULL_SHARE) {
        pause = Math.min(FULL_MS.most, FULL_MS.least * random.next() ** (-1 / FULL_MS.alpha));
        old = Math.min(old, HEALTHY_LIVE - 3);
      } else if (old > OLD_LIMIT) {
        pause = 70 * spread;
        old = HEALTHY_LIVE - 3 + 3 * random.next();
      }
      used = old;
      full = nextFull(random);
    }
    heap[at] = Math.round(used);
    pauses[at] = Math.round(pause);
  }
  return { heap, pauseMs: pauses };
}

function nextFull(random: Random): number {
  const chance = random.next();
  return chance < LATE_SHARE
    ? LATE.from + (LATE.to - LATE.from) * random.next()
    : FULL - 2 + 4 * random.next();
}
