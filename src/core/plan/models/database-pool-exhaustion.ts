// Database connection pool exhaustion: a code path leaks connections, one after another, until those that are left cannot
// serve what comes in. Requests then wait for a connection, and some time out after 30 s; each that waits holds a thread,
// until all hundred are busy and further requests are rejected. Queries are as fast as ever: the wait is before them.
import { backgroundShare, CONNECTION_HOLD_S, loadAt, meanLatencyMs } from '../baseline.ts';
import { servedLoad } from '../gauges.ts';
import type { PlanBasis } from '../parameters.ts';
import { HURRIED_GAP_MS, rolling } from '../rolling.ts';
import { CHECKOUT_STEPS, CONNECTIONS, GATEWAYS, SERVER_COUNT, SERVERS, THREADS } from '../shop.ts';
import { READING_S, type Timeline, writable } from '../timeline.ts';
import { settingFor, TOLERANCE } from './calibrate.ts';
import { ACQUIRE_TIMEOUT_MS } from './call-times.ts';
import { activeConnections, poolSecond } from './connection-pool.ts';
import { type Course, leftAt, meanLag, ramp, steady, strengthAt } from './course.ts';
import { DelayLine } from './delay-line.ts';
import { usualDocuments } from './gateway.ts';
import { allServers, ERROR_RATE, type IncidentModel, type ModelIncident } from './incident-model.ts';
import { Journeys } from './journeys.ts';
import { COLD, startAnew, WARM_S, writePoolGauges } from './pool-gauges.ts';
import { DRAIN_S, SLOW_GATEWAY, slowCallMs, slowCalls } from './slow-gateway.ts';
import { subtleWaitMs } from './subtle.ts';
import { countErrors, emptyTotals, errorShare, type Totals } from './totals.ts';

/** A pool with this much more than it needs is harmless. */
const SPARE = 1.25;
export const databasePoolExhaustion = {
  type: 'database_pool_exhaustion',
  title: 'Database connection pool exhaustion',
  rootCause:
    'A code path leaks database connections, so requests queue for those that are left until they time out',
  component: 'database_connection_pool',
  reason: 'connection_leak',
  mitigation: 'rollback',
  endings: ['rollback', 'rollback', 'restart'],
  begunBy: 'earlier-release',
  lookalike: {
    component: 'payment_gateway',
    reason: SLOW_GATEWAY,
    title: 'Connection pool exhaustion by a slow gateway',
    rootCause:
      'The payment gateway answers slowly, and payments keep their database connection during the call, so the pool runs empty',
    mitigation: 'gateway_recovered',
    gateway: GATEWAYS[0],
  },
  slowFailures: true,
  steps: CHECKOUT_STEPS,
  affected: allServers,
  settings: { error_rate: ERROR_RATE },
  codes: ['DB_CONN_EXHAUSTED'],
  drainMs: () => DRAIN_S * 1000,
  simulate,
} as const satisfies IncidentModel;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  const background = backgroundShare(basis, incident.startMs);
  if (incident.severity === 'subtle')
    return runSubtle(basis, { ...incident, course: steady(incident.course) }, background, t);
  const harmless = harmlessAt(basis, incident);
  const lost = settingFor(
    (connections) => errorShare(run(basis, incident, connections), background),
    incident.targetErrorRate,
    {
      low: harmless,
      high: CONNECTIONS - 0.01,
      guess: harmless + 0.6 * (CONNECTIONS - harmless),
      tolerance: Math.min(TOLERANCE, incident.targetErrorRate / 12),
    },
  );
  return run(basis, incident, lost, t);
}

/** Share of the requests that a subtle leak lets wait until the timeout, and how long the others wait, where it is strongest. */
interface Subtle {
  readonly starved: number;
  readonly waitS: number;
}

/**
 * A subtle leak leaves nearly enough connections: most requests wait a little longer, and a few unlucky ones until the
 * timeout, since a connection that comes back goes to whoever asks first.
 */
function runSubtle(basis: PlanBasis, incident: ModelIncident, background: number, t: Timeline): Totals {
  const { startMs, endMs, onsetS, course, servers, targetErrorRate } = incident;
  const most = busyAt(basis, incident);
  const window = (endMs - startMs) / 1000 - DRAIN_S;
  const lag = onsetS + meanLag(course, servers);
  const slowMs = incident.reason === SLOW_GATEWAY ? slowCallMs(incident) : undefined;
  const strength = (second: number) => (second < window ? strengthAt(course, second - lag, window) : 0);
  const waitS = subtleWaitMs(basis, incident, strength, slowMs) / 1000;
  const starved = settingFor(
    (share) => errorShare(run(basis, incident, most, undefined, { starved: share, waitS }), background),
    targetErrorRate,
    { low: 0, high: 0.5, guess: (4 * (targetErrorRate - background)) / servers.length, tolerance: 0.001 },
  );
  return run(basis, incident, most, t, { starved, waitS });
}

/** Share of the connections that are left which a subtle leak keeps busy. */
const SUBTLE_USE = { min: 0.7, max: 0.8 };

/** Connections that a subtle leak takes. */
function busyAt(basis: PlanBasis, { startMs, endMs, course }: ModelIncident): number {
  const load = loadAt(basis, (startMs + endMs) / 2) / SERVER_COUNT;
  const use = SUBTLE_USE.min + (SUBTLE_USE.max - SUBTLE_USE.min) * (course.draws[3] ?? 0);
  return CONNECTIONS - (load * CONNECTION_HOLD_S) / use;
}

/** Connections that a server can lose without anyone waiting. */
function harmlessAt(basis: PlanBasis, { startMs, endMs }: ModelIncident): number {
  const load = loadAt(basis, (startMs + endMs) / 2) / SERVER_COUNT;
  return Math.max(1, CONNECTIONS - load * CONNECTION_HOLD_S * SPARE);
}

function run(basis: PlanBasis, incident: ModelIncident, most: number, t?: Timeline, subtle?: Subtle): Totals {
  const totals = emptyTotals();
  const affected = SERVERS.flatMap((name, server) => (incident.servers.includes(name) ? [server] : []));
  const untouched = SERVER_COUNT - affected.length;
  if (t) {
    writable(t, 'starved', 'waitMs', 'admitted', 'own');
    if (incident.reason === SLOW_GATEWAY) slowCalls(incident, t);
    t.admitted.fill(untouched / SERVER_COUNT);
    for (const server of affected) runServer({ basis, incident, most, subtle, server, weight: 1, totals }, t);
  } else runServer({ basis, incident, most, subtle, server: -1, weight: affected.length, totals });
  if (untouched > 0) totals.documents += usualDocuments(basis, incident) * (untouched / SERVER_COUNT);
  return totals;
}

interface ServerRun {
  readonly basis: PlanBasis;
  readonly incident: ModelIncident;
  /** Connections lost at most. */
  readonly most: number;
  readonly subtle: Subtle | undefined;
  /** Index into SERVERS; -1 for an average one, and how many servers it stands for. */
  readonly server: number;
  readonly weight: number;
  readonly totals: Totals;
}

function runServer({ basis, incident, most, subtle, server, weight, totals }: ServerRun, t?: Timeline): void {
  const { startMs, endMs, recoveredMs, onsetS, course } = incident;
  const window = (endMs - startMs) / 1000;
  const end = Math.ceil((recoveredMs - startMs) / 1000);
  const harmless = harmlessAt(basis, incident);
  const lag = onsetS + (server < 0 ? meanOf(course.lags) : (course.lags[server] ?? 0));
  const loadOf = (ms: number) =>
    server < 0 ? loadAt(basis, ms) / SERVER_COUNT : servedLoad(basis, ms, server);
  let load = loadOf(startMs);
  let baselineS = 0;
  const journeys = new Journeys(load);
  const waiting = new DelayLine();
  const restartS = server < 0 ? undefined : restartsOf(basis, incident)[server];
  let starving = 0;
  for (let second = 0; second < (t ? end : window); second++) {
    if (second % READING_S === 0) {
      load = loadOf(startMs + second * 1000);
      baselineS = meanLatencyMs(loadAt(basis, startMs + second * 1000)) / 1000;
    }
    const leaking = lostAt({ course, second: second - lag, most, harmless, window: window - DRAIN_S, end });
    const up = restartS === undefined ? -1 : second - restartS - DRAIN_S;
    const lost = up < 0 ? leaking : 0;
    starving -= waiting.take(second);
    const requests = journeys.arrive(second, load);
    const strength = strengthAt(course, second - lag, window - DRAIN_S);
    const pool =
      subtle && lost > 0
        ? { starved: subtle.starved * strength, waitS: subtle.waitS * strength }
        : poolSecond(requests, CONNECTIONS - lost);
    const starved = second < window - DRAIN_S ? pool.starved : 0;
    const served = requests * (1 - starved);
    const room = Math.max(0, THREADS - starving - served * (baselineS + pool.waitS));
    const admitted = requests * starved <= room ? 1 : Math.min(1, 1 - starved + room / requests);
    const timedOut = Math.min(requests * starved, room);
    const failing = served + timedOut > 0 ? timedOut / (timedOut + served) : 1;
    waiting.add(second + ACQUIRE_TIMEOUT_MS / 1000, timedOut);
    starving += timedOut;
    journeys.end(second, admitted, failing);
    countErrors(totals, databasePoolExhaustion.codes[0], timedOut * weight, second < window);
    if (second < window) totals.documents += (served + timedOut) * weight;
    if (!t) continue;
    const i = second * SERVER_COUNT + server;
    t.starved[i] = failing;
    if (up >= 0) t.own[i] = (t.own[i] ?? 1) * (1 + COLD * Math.exp(-up / WARM_S));
    t.waitMs[i] = pool.waitS * 1000;
    t.admitted[second] = (t.admitted[second] ?? 0) + admitted / SERVER_COUNT;
    if (second % READING_S !== 0) continue;
    const gauge = (second / READING_S) * SERVER_COUNT + server;
    const busy = Math.min(THREADS, starving + served * (baselineS + pool.waitS));
    const pending = Math.round(starving + served * pool.waitS);
    writePoolGauges(t, gauge, busy, pending, lost > 0.5 ? activeConnections(requests, lost) : undefined);
    if (up >= 0) startAnew(t, gauge, up, requests);
  }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

interface Leak {
  readonly course: Course;
  /** Since the leak began to matter on this server. */
  readonly second: number;
  readonly most: number;
  readonly harmless: number;
  /** When the leak ends, and when all connections are back. */
  readonly window: number;
  readonly end: number;
}

/** Connections lost: waves come and go above what is harmless; once the leak is mended they return, the last ones that matter first. */
function lostAt({ course, second, most, harmless, window, end }: Leak): number {
  if (second < window)
    return (
      harmless * ramp(second, 0, 0.6 * course.rampS) + (most - harmless) * strengthAt(course, second, window)
    );
  return harmless * leftAt(course, second, window, end);
}

/** The rollback or restart that ends a leak, by server, s after the start. The old process answers what it has before it ends. */
function restartsOf({ parameters: { seed } }: PlanBasis, { startMs, endMs, servers, reason }: ModelIncident) {
  if (reason === SLOW_GATEWAY) return [];
  const gets = (server: number) => servers.includes(SERVERS[server] ?? '');
  return rolling(seed, endMs - DRAIN_S * 1000, gets, HURRIED_GAP_MS).map((ms) =>
    ms === undefined ? undefined : (ms - startMs) / 1000,
  );
}
