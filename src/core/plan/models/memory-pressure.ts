// Memory pressure: a new version leaks. It is rolled out server by server, and each request leaks a
// little memory. Garbage collections come more often and take longer, so everything on the server gets slower; the balancer
// moves sessions to the faster servers, which then leak faster. At last allocations fail. Restarts with the version
// before bring the servers back one after the other, with cold caches.
import { oneOf } from '../../schema/fields.ts';
import { backgroundShare, loadAt, meanLatencyMs } from '../baseline.ts';
import type { PlanBasis } from '../parameters.ts';
import { CHECKOUT_STEPS, SERVER_COUNT, SERVERS } from '../shop.ts';
import { BASELINE_CACHE_HIT, READING_S, type Timeline, writable } from '../timeline.ts';
import { busyThreads } from './busy-threads.ts';
import { settingFor, TOLERANCE } from './calibrate.ts';
import { HEALTHY_LIVE, MAX_LIVE } from './heap.ts';
import { allServers, ERROR_RATE, type IncidentModel, type ModelIncident, setting } from './incident-model.ts';
import { Journeys } from './journeys.ts';
import { balanceLoad, collectGarbage, type LeakingServer, RESTART_SECONDS } from './leaking-server.ts';
import { countErrors, emptyTotals, errorShare, type Totals } from './totals.ts';

/**
 * Part of the window after which the first server would be full if garbage collections did not slow the leak down with everything else,
 * and by which the rollout reaches the others later.
 */
const FULL_AFTER = 0.74;
const ROLLOUT = [0, 0.05, 0.1];

/** Restarts begin at these parts of the recovery. */
const RESTARTS = [0, 0.22, 0.44];

/** Seconds in which a cold cache comes two thirds of the way back. */
const WARMING_SECONDS = 70;
const COLD_CACHE_HIT = 0.2;

export const memoryPressure = {
  type: 'memory_pressure',
  title: 'Memory pressure',
  rootCause:
    'The deployed version leaks memory; garbage collections (GC) take longer and longer until the heap is full',
  component: 'service_memory',
  reason: 'memory_leak',
  mitigation: 'rollback',
  steps: CHECKOUT_STEPS,
  affected: allServers,
  settings: {
    first_server: setting(oneOf(...SERVERS), 'The server whose memory fills first.'),
    error_rate: ERROR_RATE,
  },
  randomSettings: (server: string) => ({ first_server: server }),
  codes: ['MEMORY_EXHAUSTED'],
  simulate,
} as const satisfies IncidentModel;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  const background = backgroundShare(basis, incident.startMs);
  const allocation = settingFor(
    (size) => errorShare(run(basis, incident, size), background),
    incident.targetErrorRate,
    { low: 3, high: 80, guess: 25, tolerance: TOLERANCE },
  );
  return run(basis, incident, allocation, t);
}

function run(basis: PlanBasis, incident: ModelIncident, allocation: number, t?: Timeline): Totals {
  if (t) writable(t, 'share', 'own', 'stallChance', 'stallMs', 'outOfMemory', 'cacheHit');
  const totals = emptyTotals();
  let failed = 0;
  let failedLater = 0;
  const window = (incident.endMs - incident.startMs) / 1000;
  const recovery = (incident.recoveredMs - incident.endMs) / 1000;
  const first = SERVERS.findIndex((name) => name === (incident.settings['first_server'] ?? SERVERS[1]));
  const leak = (MAX_LIVE - HEALTHY_LIVE) / (window * FULL_AFTER);

  let load = loadAt(basis, incident.startMs);
  const hosts = SERVERS.map((_, server): LeakingServer => {
    const turn = (server - first + SERVER_COUNT) % SERVER_COUNT;
    return {
      rolloutAt: (ROLLOUT[turn] ?? 0) * window,
      restartAt: window + (RESTARTS[turn] ?? 0) * recovery,
      journeys: new Journeys(load / SERVER_COUNT),
      share: 1 / SERVER_COUNT,
      live: HEALTHY_LIVE,
      requests: load / SERVER_COUNT,
      failing: 0,
      own: 1,
      stallChance: 0,
      pauseMs: 0,
      paused: 0,
      requestS: 0,
    };
  });
  for (let second = 0; second < (t ? window + recovery : window); second++) {
    if (second % READING_S === 0) {
      load = loadAt(basis, incident.startMs + second * 1000);
      const baselineS = meanLatencyMs(load) / 1000;
      for (const host of hosts) collectGarbage(host, second, baselineS, allocation);
      balanceLoad(hosts, second);
    }
    for (const [server, host] of hosts.entries()) {
      const requests = host.journeys.arrive(second, load * host.share);
      host.requests = requests;
      host.journeys.end(second, 1, host.failing);
      if (second >= host.restartAt) host.live = HEALTHY_LIVE;
      else if (second >= host.rolloutAt)
        host.live = Math.min(MAX_LIVE, host.live + leak * host.share * SERVER_COUNT * (1 - host.paused));
      if (second < window) {
        failed += requests * host.failing;
        totals.documents += requests;
      } else failedLater += requests * host.failing;
      if (t) write(t, second, server, host);
    }
  }
  countErrors(totals, memoryPressure.codes[0], failed, true);
  countErrors(totals, memoryPressure.codes[0], failedLater, false);
  return totals;
}

function write(t: Timeline, second: number, server: number, host: LeakingServer): void {
  const i = second * SERVER_COUNT + server;
  t.share[i] = host.share;
  t.own[i] = host.own;
  t.stallChance[i] = host.stallChance;
  t.stallMs[i] = host.pauseMs;
  t.outOfMemory[i] = host.failing;
  const sinceUp = second - host.restartAt - RESTART_SECONDS;
  if (sinceUp >= 0)
    t.cacheHit[i] =
      BASELINE_CACHE_HIT - (BASELINE_CACHE_HIT - COLD_CACHE_HIT) * Math.exp(-sinceUp / WARMING_SECONDS);
  if (second % READING_S === 0) writeGauges(t, (second / READING_S) * SERVER_COUNT + server, host);
}

/** The heap swings between live data and nearly full; the process keeps what it once had. */
function writeGauges(
  t: Timeline,
  i: number,
  { live, requests, requestS, paused, pauseMs }: LeakingServer,
): void {
  const swing = ((t.heap[i] ?? HEALTHY_LIVE) - HEALTHY_LIVE) / (100 - HEALTHY_LIVE);
  const lost = (live - HEALTHY_LIVE) / (100 - HEALTHY_LIVE);
  const cpu = t.cpu[i] ?? 0;
  t.heap[i] = Math.min(99, Math.round(live + (100 - live) * Math.max(0, swing)));
  t.memory[i] = Math.min(99, Math.round((t.memory[i] ?? 0) * (1 - lost) + live * lost));
  t.threads[i] = Math.max(t.threads[i] ?? 0, Math.round(busyThreads(requests, requestS)));
  t.cpu[i] = Math.min(99, Math.round(cpu + (97 - cpu) * Math.min(1, paused * 1.4)));
  t.gcMs[i] = Math.max(t.gcMs[i] ?? 0, Math.round(pauseMs));
}
