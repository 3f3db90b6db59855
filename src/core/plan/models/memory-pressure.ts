// Memory pressure: a new version leaks. It is rolled out server by server, and each request leaks a
// little memory. Garbage collections come more often and take longer, so everything on the server gets slower; the balancer
// moves sessions to the faster servers, which then leak faster. At last allocations fail. Restarts with the version
// before bring the servers back one after the other, with cold caches.
import { oneOf } from '../../schema/fields.ts';
import { backgroundShare, loadAt, meanLatencyMs } from '../baseline.ts';
import type { PlanBasis } from '../parameters.ts';
import { CHECKOUT_STEPS, SERVER_COUNT, SERVERS } from '../shop.ts';
import { READING_S, type Timeline, writable } from '../timeline.ts';
import { RESTART_SECONDS, warmingCacheHit } from '../warming.ts';
import { settingFor, TOLERANCE } from './calibrate.ts';
import { HEALTHY_LIVE, MAX_LIVE, NO_ROOM } from './heap.ts';
import { allServers, ERROR_RATE, type IncidentModel, type ModelIncident, setting } from './incident-model.ts';
import { Journeys } from './journeys.ts';
import { balanceLoad, collectGarbage, killIfFull, type LeakingServer } from './leaking-server.ts';
import { readServer } from './memory-gauges.ts';
import { countErrors, emptyTotals, errorShare, type Totals } from './totals.ts';

/**
 * Part of the window after which a server would be full if garbage collections did not slow the leak down with everything
 * else, and the longest part by which the rollout reaches the next server later.
 */
const FULL_AFTER = { min: 0.32, max: 0.8 };
/** The leak of a preset is felt through the whole window: each part of it is slower than the one before. */
const GRADUAL_FULL_AFTER = { min: 0.6, max: 0.74 };
const GRADUAL_POWER = { min: 0.75, max: 1.7 };
/** Where the platform kills processes that run out of memory, and how long one lasts, s. */
const KILLED_SHARE = 0.8;
const SURVIVES_S = { min: 40, max: 160 };
/** Every server is full by this part of the window. */
const ALL_FULL_BY = 0.86;
/** A server that works less leaks less, down to this share. */
const LEAST_LEAK = 0.85;
const ROLLOUT = { min: 0.02, max: 0.14 };
/** The leak of a second grows with this power of the time since the rollout, less one: below 1 it slows down. */
const POWER = { min: 0.5, max: 2.4 };
/** In a silent or a subtle leak the heap is this full when it ends. */
const SILENT_LIVE = 70;
const SUBTLE_LIVE = 59;
/** Its heap is small for its largest requests: they fail while the others hardly notice. */
const SUBTLE_NO_ROOM = 66;
/** A subtle leak comes that far late enough for responses to be two fifths slower over its whole window, and no more. */
const SUBTLE_FULL_AFTER = { min: 0.62, max: 0.74 };
const SUBTLE_POWER = { min: 1, max: 1.3 };

/** Started by hand, the server that gets the version first fills its caches as it comes up: so full, in so many seconds. */
const CACHES_LIVE = 88;
const CACHES_S = 2;

/** The first restarts with the version before begin with the recovery, the others these parts of it later. */
const RESTARTS = { min: 0.12, max: 0.26 };

export const memoryPressure = {
  type: 'memory_pressure',
  title: 'Memory pressure',
  rootCause:
    'The deployed version leaks memory; garbage collections (GC) take longer and longer as the heap fills',
  component: 'service_memory',
  reason: 'memory_leak',
  mitigation: 'rollback',
  endings: ['rollback'],
  begunBy: 'rollout',
  silent: true,
  steps: CHECKOUT_STEPS,
  affected: allServers,
  settings: {
    first_server: setting(oneOf(...SERVERS), 'The server whose memory fills first.'),
    error_rate: ERROR_RATE,
  },
  randomSettings: (server: string) => ({ first_server: server }),
  codes: ['MEMORY_EXHAUSTED'],
  drainMs: () => 0,
  simulate,
} as const satisfies IncidentModel;

const drawn = ({ min, max }: { readonly min: number; readonly max: number }, draw = 0) =>
  min + (max - min) * draw;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  if (incident.severity === 'silent') return run(basis, incident, 0, t);
  const background = backgroundShare(basis, incident.startMs);
  const allocation = settingFor(
    (size) => errorShare(run(basis, incident, size), background),
    incident.targetErrorRate,
    { low: 0.8, high: 150, guess: 25, tolerance: Math.min(TOLERANCE, incident.targetErrorRate / 12) },
  );
  return run(basis, incident, allocation, t);
}

/** The servers as they are when the incident starts. */
function hostsOf(
  basis: PlanBasis,
  incident: ModelIncident,
): (LeakingServer & { readonly leak: (second: number) => number })[] {
  const { startMs, endMs, recoveredMs, onsetS, course, settings, servers, severity } = incident;
  const window = (endMs - startMs) / 1000;
  const recovery = (recoveredMs - endMs) / 1000;
  const gradual = incident.preset !== null;
  const [first = 0, spacing = 0, bend = 0, restarting = 0, killing = 0, lasting = 0] = course.draws;
  const survivesS =
    !gradual && killing < KILLED_SHARE ? drawn(SURVIVES_S, lasting) : Number.POSITIVE_INFINITY;
  const firstServer = SERVERS.findIndex((name) => name === (settings['first_server'] ?? servers[0]));
  const [fills, bends] = gradual
    ? [GRADUAL_FULL_AFTER, GRADUAL_POWER]
    : severity === 'subtle'
      ? [SUBTLE_FULL_AFTER, SUBTLE_POWER]
      : [FULL_AFTER, POWER];
  const fullAfter = window * drawn(fills, first);
  const power = severity === 'silent' ? 1 : drawn(bends, bend);
  const most = severity === 'silent' ? SILENT_LIVE : severity === 'subtle' ? SUBTLE_LIVE : MAX_LIVE;
  const load = loadAt(basis, startMs) / SERVER_COUNT;
  return SERVERS.map((name, server) => {
    const turn = (server - firstServer + SERVER_COUNT) % SERVER_COUNT;
    const affected = servers.includes(name);
    // No two servers take the same time to come up.
    const uneven = turn * (course.weights[server] ?? 1);
    const rolloutAt = affected
      ? onsetS + uneven * window * drawn(ROLLOUT, spacing)
      : Number.POSITIVE_INFINITY;
    const weighted = fullAfter / (course.weights[server] ?? 1);
    const inS = severity === 'silent' ? window : Math.min(weighted, ALL_FULL_BY * window - rolloutAt);
    const perSecond = (most - HEALTHY_LIVE) / inS;
    const fillsAt = course.suddenS > 0 && turn === 0 ? rolloutAt : Number.NEGATIVE_INFINITY;
    return {
      rolloutAt,
      restartAt: affected
        ? window + uneven * recovery * drawn(RESTARTS, restarting)
        : Number.POSITIVE_INFINITY,
      leak: (second) =>
        (second < fillsAt + CACHES_S ? (CACHES_LIVE - HEALTHY_LIVE) / CACHES_S : 0) +
        perSecond * power * Math.min(1.6, Math.max(0.03, (second - rolloutAt) / inS)) ** (power - 1),
      survivesS,
      most,
      noRoom: severity === 'subtle' ? SUBTLE_NO_ROOM : NO_ROOM,
      killedAt: Number.NEGATIVE_INFINITY,
      fullS: 0,
      journeys: new Journeys(load),
      share: 1 / SERVER_COUNT,
      live: HEALTHY_LIVE,
      requests: load,
      failing: 0,
      own: 1,
      stallChance: 0,
      everyS: 60,
      pauseMs: 0,
      used: HEALTHY_LIVE,
      paused: 0,
      requestS: 0,
    };
  });
}

function run(basis: PlanBasis, incident: ModelIncident, allocation: number, t?: Timeline): Totals {
  if (t) t.leaks = true;
  if (t) writable(t, 'share', 'own', 'stallChance', 'stallMs', 'outOfMemory', 'cacheHit');
  const totals = emptyTotals();
  let failed = 0;
  let failedLater = 0;
  const window = (incident.endMs - incident.startMs) / 1000;
  const end = t ? Math.ceil((incident.recoveredMs - incident.startMs) / 1000) : window;
  const hosts = hostsOf(basis, incident);
  if (t)
    for (const [server, { rolloutAt, restartAt }] of hosts.entries()) {
      t.rollouts[server] = rolloutAt;
      t.restarts[server] = restartAt;
    }
  let load = 0;
  for (let second = 0; second < end; second++) {
    if (second % READING_S === 0) {
      load = loadAt(basis, incident.startMs + second * 1000);
      const baselineS = meanLatencyMs(load) / 1000;
      for (const [server, host] of hosts.entries()) {
        killIfFull(host, hosts, second, READING_S);
        if (t && host.killedAt === second) t.kills.push({ server, second });
        collectGarbage(host, second, baselineS, allocation);
      }
      balanceLoad(hosts, second);
      if (t)
        for (const [server, host] of hosts.entries())
          readServer(t, { basis, incident, second, server, host });
    }
    for (const [server, host] of hosts.entries()) {
      const requests = host.journeys.arrive(second, load * host.share);
      host.requests = requests;
      host.journeys.end(second, 1, host.failing);
      if (second >= host.restartAt) host.live = HEALTHY_LIVE;
      else if (second >= host.rolloutAt)
        host.live = Math.min(
          host.most,
          host.live + host.leak(second) * Math.max(LEAST_LEAK, host.share * SERVER_COUNT * (1 - host.paused)),
        );
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
  const downAt = second >= host.restartAt ? host.restartAt : host.killedAt;
  const sinceUp = second - downAt - RESTART_SECONDS;
  if (sinceUp >= 0) t.cacheHit[i] = warmingCacheHit(sinceUp);
}
