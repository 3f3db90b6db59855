// A server whose heap fills, and the load balancer in front of all servers.
import { collections, markingFactor, outOfMemory } from './heap.ts';
import type { Journeys } from './journeys.ts';

/** Seconds a restart takes. */
export const RESTART_SECONDS = 30;

/** One server; what its live data does to it is updated at each reading. */
export interface LeakingServer {
  readonly rolloutAt: number;
  readonly restartAt: number;
  readonly journeys: Journeys;
  share: number;
  live: number;
  requests: number;
  failing: number;
  own: number;
  stallChance: number;
  pauseMs: number;
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
  const { pauseMs, share } = collections(host.live, host.requests);
  const leaking = second >= host.rolloutAt && second < host.restartAt;
  host.failing = leaking ? outOfMemory(host.live, allocation) : 0;
  host.own = markingFactor(host.live) / (1 - Math.min(0.8, share));
  // A request meets a pause when one is under way, or begins while it is served.
  host.stallChance = Math.min(0.95, share * (1 + baselineS / (pauseMs / 1000 + baselineS)));
  host.pauseMs = pauseMs;
  host.paused = share;
  host.requestS = baselineS * host.own + (host.stallChance * pauseMs) / 1000;
}

const isDown = ({ restartAt }: LeakingServer, second: number) =>
  second >= restartAt && second < restartAt + RESTART_SECONDS;

/** The balancer prefers servers that answer fast; shares move a third of the way at each reading. */
export function balanceLoad(hosts: readonly LeakingServer[], second: number): void {
  const wish = (host: LeakingServer) => (isDown(host, second) ? 0 : 1 / (0.8 + host.requestS));
  const sum = hosts.reduce((total, host) => total + wish(host), 0);
  for (const host of hosts)
    host.share = isDown(host, second) ? 0 : host.share + (wish(host) / sum - host.share) / 3;
  const total = hosts.reduce((all, { share }) => all + share, 0);
  for (const host of hosts) host.share /= total;
}
