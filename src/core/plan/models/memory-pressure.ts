// Memory pressure: a new version leaks. It is rolled out server by server, and with each request a little memory is
// never given back. Collections come more often and take longer, so everything on the server gets slower; the balancer
// moves sessions to the faster servers, which then leak faster. At last allocations fail. Restarts with the version
// before bring the servers back one after the other, with cold caches.
import { backgroundShare } from '../background.ts';
import { type Frame, loadAt, meanMs } from '../calm.ts';
import type { Scheduled } from '../schedule.ts';
import { SERVER_COUNT, SERVERS } from '../shop.ts';
import { CALM_CACHE_HIT, TICK_S, type Timeline } from '../timeline.ts';
import { settingFor, TOLERANCE } from './calibrate.ts';
import { collections, FULLEST_LIVE, HEALTHY_LIVE, marking, outOfMemory } from './heap.ts';
import { Journeys } from './journeys.ts';
import { busyThreads } from './threads.ts';
import { count, emptyTotals, errorShare, type Totals } from './totals.ts';

/** Part of the window after which the first server is full, and by which the rollout reaches the others later. */
const FULL_AFTER = 0.76;
const ROLLOUT = [0, 0.05, 0.1];
/** Restarts begin at these parts of the recovery. */
const RESTARTS = [0, 0.22, 0.44];
const RESTART_SECONDS = 30;
/** Seconds in which a cold cache comes two thirds of the way back. */
const WARMING_SECONDS = 70;
const COLD_CACHE_HIT = 0.2;

/** Runs the model into the timeline; returns what it gives. */
export function memoryPressure(frame: Frame, incident: Scheduled, t: Timeline): Totals {
  const background = backgroundShare(frame, incident.startMs);
  const allocation = settingFor(
    (size) => errorShare(run(frame, incident, size), background),
    incident.targetErrorRate,
    { low: 3, high: 80, guess: 25, tolerance: TOLERANCE },
  );
  return run(frame, incident, allocation, t);
}

function run(frame: Frame, incident: Scheduled, allocation: number, t?: Timeline): Totals {
  const totals = emptyTotals();
  const window = (incident.endMs - incident.startMs) / 1000;
  const recovery = (incident.recoveredMs - incident.endMs) / 1000;
  const first = SERVERS.findIndex((name) => name === (incident.settings['first_server'] ?? SERVERS[1]));
  const turn = (server: number) => (server - first + SERVER_COUNT) % SERVER_COUNT;
  const leak = (FULLEST_LIVE - HEALTHY_LIVE) / (window * FULL_AFTER);

  let load = loadAt(frame, incident.startMs);
  let calmS = meanMs(load) / 1000;
  const journeys = SERVERS.map(() => new Journeys(load / SERVER_COUNT));
  const live = SERVERS.map(() => HEALTHY_LIVE);
  const meanS = SERVERS.map(() => calmS);
  const share = SERVERS.map(() => 1 / SERVER_COUNT);

  for (let second = 0; second < (t ? window + recovery : window); second++) {
    if (second % TICK_S === 0) {
      load = loadAt(frame, incident.startMs + second * 1000);
      calmS = meanMs(load) / 1000;
      balance(share, meanS, (server) => !isDown(second - window, turn(server), recovery));
    }
    for (let server = 0; server < SERVER_COUNT; server++) {
      const restartAt = window + (RESTARTS[turn(server)] ?? 0) * recovery;
      const sinceUp = second - restartAt - RESTART_SECONDS;
      const rolledOut = second >= (ROLLOUT[turn(server)] ?? 0) * window && second < restartAt;
      const requests = journeys[server]?.arrive(second, load * (share[server] ?? 0)) ?? 0;
      let held = live[server] ?? HEALTHY_LIVE;
      if (second >= restartAt) held = HEALTHY_LIVE;
      else if (rolledOut) held = Math.min(FULLEST_LIVE, held + leak * (share[server] ?? 0) * SERVER_COUNT);
      live[server] = held;

      const { pauseMs, share: paused } = collections(held, requests);
      const failing = rolledOut ? outOfMemory(held, allocation) : 0;
      const own = marking(held) / (1 - Math.min(0.8, paused));
      const stalled = Math.min(0.95, paused * (1 + calmS / (pauseMs / 1000 + calmS)));
      const requestS = calmS * own + (stalled * pauseMs) / 1000;
      meanS[server] = requestS;
      journeys[server]?.end(second, 1, failing);
      const busy = busyThreads(requests, requestS);
      count(totals, 'MEMORY_EXHAUSTED', requests * failing, second < window);
      if (second < window) {
        totals.documents += requests;
        totals.mostThreads = Math.max(totals.mostThreads, busy);
      }
      if (!t) continue;
      const i = second * SERVER_COUNT + server;
      t.share[i] = share[server] ?? 0;
      t.own[i] = own;
      t.stallChance[i] = stalled;
      t.stallMs[i] = pauseMs;
      t.outOfMemory[i] = failing;
      if (sinceUp >= 0)
        t.cacheHit[i] =
          CALM_CACHE_HIT - (CALM_CACHE_HIT - COLD_CACHE_HIT) * Math.exp(-sinceUp / WARMING_SECONDS);
      if (second % TICK_S === 0)
        writeGauges(t, (second / TICK_S) * SERVER_COUNT + server, held, busy, paused, pauseMs);
    }
  }
  return totals;
}

function isDown(sinceEnd: number, turn: number, recovery: number): boolean {
  const at = sinceEnd - (RESTARTS[turn] ?? 0) * recovery;
  return at >= 0 && at < RESTART_SECONDS;
}

/** The balancer prefers servers that answer fast; shares move a third of the way at each reading. */
function balance(share: number[], meanS: readonly number[], up: (server: number) => boolean): void {
  const wish = meanS.map((seconds, server) => (up(server) ? 1 / (0.8 + seconds) : 0));
  const sum = wish.reduce((total, part) => total + part, 0);
  const moved = wish.map((part, server) =>
    part === 0 ? 0 : (share[server] ?? 0) + (part / sum - (share[server] ?? 0)) / 3,
  );
  const total = moved.reduce((all, part) => all + part, 0);
  moved.forEach((part, server) => {
    share[server] = part / total;
  });
}

/** The heap swings between live data and nearly full; the process keeps what it once had. */
function writeGauges(
  t: Timeline,
  i: number,
  live: number,
  busy: number,
  paused: number,
  pauseMs: number,
): void {
  const swing = ((t.heap[i] ?? HEALTHY_LIVE) - HEALTHY_LIVE) / (100 - HEALTHY_LIVE);
  t.heap[i] = Math.min(99, Math.round(live + (100 - live) * Math.max(0, swing)));
  t.memory[i] = Math.min(
    99,
    Math.round((t.memory[i] ?? 0) * (1 - (live - HEALTHY_LIVE) / 62) + (live * (live - HEALTHY_LIVE)) / 62),
  );
  t.threads[i] = Math.max(t.threads[i] ?? 0, Math.round(busy));
  t.cpu[i] = Math.min(99, Math.round((t.cpu[i] ?? 0) + (97 - (t.cpu[i] ?? 0)) * Math.min(1, paused * 1.4)));
  t.gcMs[i] = Math.max(t.gcMs[i] ?? 0, Math.round(pauseMs));
}
