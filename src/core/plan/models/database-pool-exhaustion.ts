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
import { type Course, leftAt, ramp, strengthAt } from './course.ts';
import { DelayLine } from './delay-line.ts';
import { usualDocuments } from './gateway.ts';
import { ALLOCATED, FRESH_HEAP, IDLE_ALLOCATED } from './heap.ts';
import { allServers, ERROR_RATE, type IncidentModel, type ModelIncident } from './incident-model.ts';
import { Journeys } from './journeys.ts';
import { countErrors, emptyTotals, errorShare, type Totals } from './totals.ts';

/** A pool with this much more than it needs is harmless. */
const SPARE = 1.25;
/** Requests that wait when the leak ends have timed out, or have a connection, before the window ends. */
const DRAIN_S = ACQUIRE_TIMEOUT_MS / 1000 + 1;

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
    reason: 'slow_gateway_holds_connections',
    title: 'Connection pool exhaustion by a slow gateway',
    rootCause:
      'The payment gateway answers slowly, and payments keep their database connection during the call, so the pool runs empty',
    mitigation: 'gateway_recovered',
    gateway: GATEWAYS[0],
  },
  steps: CHECKOUT_STEPS,
  affected: allServers,
  settings: { error_rate: ERROR_RATE },
  codes: ['DB_CONN_EXHAUSTED'],
  drainMs: () => DRAIN_S * 1000,
  simulate,
} as const satisfies IncidentModel;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  const background = backgroundShare(basis, incident.startMs);
  const harmless = harmlessAt(basis, incident);
  if (incident.severity === 'subtle') return run(basis, incident, busyAt(basis, incident), t);
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

/** Share of the connections that are left which a subtle leak keeps busy: requests wait for it, and hardly one until the timeout. */
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

function run(basis: PlanBasis, incident: ModelIncident, most: number, t?: Timeline): Totals {
  const totals = emptyTotals();
  const affected = SERVERS.flatMap((name, server) => (incident.servers.includes(name) ? [server] : []));
  const untouched = SERVER_COUNT - affected.length;
  if (t) {
    writable(t, 'starved', 'waitMs', 'admitted', 'own');
    if (incident.reason === SLOW_GATEWAY) slowCalls(incident, t);
    t.admitted.fill(untouched / SERVER_COUNT);
    for (const server of affected) runServer({ basis, incident, most, server, weight: 1, totals }, t);
  } else runServer({ basis, incident, most, server: -1, weight: affected.length, totals });
  if (untouched > 0) totals.documents += usualDocuments(basis, incident) * (untouched / SERVER_COUNT);
  return totals;
}

const SLOW_GATEWAY = 'slow_gateway_holds_connections';
/** Median time of a call to a gateway that is slow and fails nothing, ms, and how slow it is at least and at most. */
const SLOW_CALL_MS = { min: 2200, max: 4200 };
const SUBTLE_SLOWNESS = 0.1;

/** The calls to a gateway that hold the connections: slow before, while and after the pool is empty. */
function slowCalls({ startMs, endMs, onsetS, severity, servers, course }: ModelIncident, t: Timeline): void {
  writable(t, 'callSlow', 'callMs');
  t.holdsConnections = true;
  const window = (endMs - startMs) / 1000;
  const slowness = severity === 'subtle' ? SUBTLE_SLOWNESS : 1;
  const median =
    slowness * (SLOW_CALL_MS.min + (SLOW_CALL_MS.max - SLOW_CALL_MS.min) * (course.draws[2] ?? 0));
  for (const [server, name] of SERVERS.entries()) {
    if (!servers.includes(name)) continue;
    for (let second = 0; second < t.seconds; second++) {
      const left =
        second < window - DRAIN_S
          ? ramp(second - onsetS, -1, 20)
          : leftAt(course, second, window - DRAIN_S, t.seconds);
      t.callSlow[second * SERVER_COUNT + server] = 0.9 * left;
      t.callMs[second * SERVER_COUNT + server] = 300 + median * left;
    }
  }
}

interface ServerRun {
  readonly basis: PlanBasis;
  readonly incident: ModelIncident;
  /** Connections lost at most. */
  readonly most: number;
  /** Index into SERVERS; -1 for an average one, and how many servers it stands for. */
  readonly server: number;
  readonly weight: number;
  readonly totals: Totals;
}

function runServer({ basis, incident, most, server, weight, totals }: ServerRun, t?: Timeline): void {
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
    const pool = poolSecond(requests, CONNECTIONS - lost);
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
    writeGauges(t, gauge, busy, pending, lost > 0.5 ? activeConnections(requests, lost) : undefined);
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

/** A fresh process is so much slower at first, and compiles its code in so many seconds. */
const COLD = 0.45;
const WARM_S = 25;

/** The heap of a fresh process fills until it is as full as it would be anyway. */
function startAnew(t: Timeline, i: number, up: number, requests: number): void {
  const heap = FRESH_HEAP + (IDLE_ALLOCATED + ALLOCATED * requests) * up;
  t.cpu[i] = Math.min(95, Math.round((t.cpu[i] ?? 0) + 22 * Math.exp(-up / WARM_S)));
  if (heap >= (t.heap[i] ?? 0)) return;
  t.memory[i] = Math.max(1, Math.round((t.memory[i] ?? 0) - 0.3 * ((t.heap[i] ?? 0) - heap)));
  t.heap[i] = Math.round(heap);
  t.gcMs[i] = 0;
}

/** Requests that wait keep their memory; they use no CPU. */
function writeGauges(
  t: Timeline,
  i: number,
  busy: number,
  pending: number,
  active: number | undefined,
): void {
  const usual = t.threads[i] ?? 0;
  const more = Math.max(0, busy - usual);
  t.threads[i] = Math.min(THREADS, Math.round(usual + more));
  t.poolPending[i] = Math.max(pending, t.poolPending[i] ?? 0);
  t.poolActive[i] = (t.poolPending[i] ?? 0) > 0 ? CONNECTIONS : (active ?? t.poolActive[i] ?? 0);
  t.heap[i] = Math.min(91, Math.round((t.heap[i] ?? 0) + 0.2 * more));
  t.memory[i] = Math.min(95, Math.round((t.memory[i] ?? 0) + 0.32 * more));
  t.cpu[i] = Math.round(Math.max(6, (t.cpu[i] ?? 0) - 0.1 * more));
  t.gcMs[i] = Math.round((t.gcMs[i] ?? 0) * (1 + more / 40));
}
