// A server whose heap fills, and the load balancer in front of all servers.
import { RESTART_SECONDS } from '../warming.ts';
import { collections, HEALTHY_LIVE, markingFactor, outOfMemory } from './heap.ts';
import type { Journeys } from './journeys.ts';

/** One server; what its live data does to it is updated at each reading. */
export interface LeakingServer {
  /** Infinity for a server that keeps the version before. */
  readonly rolloutAt: number;
  readonly restartAt: number;
  /** Live data that the leak comes to, percent. */
  readonly most: number;
  /** Live data, percent, above which collections make no room. */
  readonly noRoom: number;
  /** Seconds in a full heap after which the process is killed, and when it was last; Infinity and -Infinity for never. */
  readonly survivesS: number;
  killedAt: number;
  fullS: number;
  readonly journeys: Journeys;
  share: number;
  live: number;
  requests: number;
  failing: number;
  own: number;
  stallChance: number;
  /** Seconds between two collections. */
  everyS: number;
  pauseMs: number;
  /** Percent of the heap in use at the last reading. */
  used: number;
  /** Share of time in garbage collections. */
  paused: number;
  requestS: number;
}

/** Updates what a server's live data does to it. @param allocation see outOfMemory. */
export function collectGarbage(
  host: LeakingServer,
  second: number,
  baselineS: number,
  allocation: number,
): void {
  const { everyS, pauseMs, share } = collections(host.live, host.requests);
  const leaking = second >= host.rolloutAt && second < host.restartAt;
  host.failing = leaking && allocation > 0 ? outOfMemory(host.live, allocation, host.noRoom) : 0;
  host.own = markingFactor(host.live) / (1 - Math.min(0.8, share));
  // A request meets a pause when one is under way, or begins while it is served.
  host.stallChance = Math.min(0.95, share * (1 + baselineS / (pauseMs / 1000 + baselineS)));
  host.everyS = everyS;
  host.pauseMs = pauseMs;
  host.paused = share;
  host.requestS = baselineS * host.own + (host.stallChance * pauseMs) / 1000;
}

/** What a server reports of its heap at a reading. */
export interface HeapReading {
  /** Percent in use. */
  readonly used: number;
  /** The longest pause of the ten seconds before, ms; 0 without a collection. */
  readonly pauseMs: number;
  /** Chance that a request fails for want of memory: only where the reading shows a heap that is full. */
  readonly failing: number;
}

/** An allocation fails only in a heap that is this full, percent. */
export const FULL_HEAP = 92;
/** A chance that is none. */
const NO_FAILURES = 0.002;
/** Above the highest chance that a request fails in a full heap. */
const MOST_FAILING = 0.9;

/**
 * Fills the heap for the seconds of a reading. Where collections are farther apart than readings it is a tooth that rises;
 * where they are closer, the reading falls anywhere in one, and in a full heap as often as allocations fail.
 * @param draw uniform in [0, 1).
 */
export function readHeap(host: LeakingServer, seconds: number, draw: number): HeapReading {
  const { live, everyS, failing, pauseMs } = host;
  const top = Math.min(98.5, 86 + 12.5 * Math.min(1, Math.max(0, (live - 45) / 30)));
  if (everyS > 1.5 * seconds && failing <= NO_FAILURES) {
    host.used = Math.max(host.used, live) + ((top - live) * seconds * (0.85 + 0.3 * draw)) / everyS;
    const collected = host.used >= top;
    if (collected) host.used = live;
    return { used: host.used, pauseMs: collected ? pauseMs : 0, failing: 0 };
  }
  const above = Math.max(0, (top - FULL_HEAP) / Math.max(0.5, top - Math.min(live, FULL_HEAP)));
  const share = failing > NO_FAILURES ? Math.max(above, failing / MOST_FAILING) : above;
  const full = draw < share;
  const within = full ? draw / share : (draw - share) / (1 - share);
  const ceiling = Math.max(top, FULL_HEAP + 2);
  host.used = full
    ? FULL_HEAP + 1 + (ceiling - FULL_HEAP - 1) * within
    : live + (Math.min(top, FULL_HEAP) - live) * Math.max(0, within);
  return { used: Math.max(host.used, Math.min(live, 98.5)), pauseMs, failing: full ? failing / share : 0 };
}

const isDown = ({ restartAt, killedAt }: LeakingServer, second: number) =>
  (second >= restartAt && second < restartAt + RESTART_SECONDS) ||
  (second >= killedAt && second < killedAt + RESTART_SECONDS);

/**
 * Kills a process whose heap has been full for too long; it comes back with the same version, and leaks again. Two are
 * never down at once: the platform keeps a budget of disruptions.
 */
export function killIfFull(
  host: LeakingServer,
  hosts: readonly LeakingServer[],
  second: number,
  seconds: number,
): void {
  host.fullS = host.live >= FULL_HEAP ? host.fullS + seconds : 0;
  const last = Math.min(...hosts.map(({ restartAt }) => restartAt)) - 2 * RESTART_SECONDS;
  if (host.fullS <= host.survivesS || second >= last) return;
  if (hosts.some((other) => isDown(other, second))) return;
  host.killedAt = second;
  host.fullS = 0;
  host.live = HEALTHY_LIVE;
}

/** The balancer prefers servers that answer fast; shares move a third of the way at each reading. */
export function balanceLoad(hosts: readonly LeakingServer[], second: number): void {
  const wish = (host: LeakingServer) => (isDown(host, second) ? 0 : 1 / (0.8 + host.requestS));
  const sum = hosts.reduce((total, host) => total + wish(host), 0);
  for (const host of hosts)
    host.share = isDown(host, second) ? 0 : host.share + (wish(host) / sum - host.share) / 3;
  const total = hosts.reduce((all, { share }) => all + share, 0);
  for (const host of hosts) host.share /= total;
}
