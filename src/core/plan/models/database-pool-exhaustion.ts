// Database connection pool exhaustion: a code path leaks connections, one after another, until those that are left cannot
// serve what comes in. Requests then wait for a connection, and some time out after 30 s; each that waits holds a thread,
// until all hundred are busy and further requests are rejected. Queries are as fast as ever: the wait is before them.
import { backgroundShare, loadAt, meanLatencyMs } from '../baseline.ts';
import { MINUTE_MS } from '../durations.ts';
import type { PlanBasis } from '../parameters.ts';
import { noise } from '../random.ts';
import { CHECKOUT_STEPS, CONNECTIONS, SERVER_COUNT, THREADS } from '../shop.ts';
import { READING_S, type Timeline, writable } from '../timeline.ts';
import { settingFor, TOLERANCE } from './calibrate.ts';
import { ACQUIRE_TIMEOUT_MS } from './call-times.ts';
import { activeConnections, poolSecond } from './connection-pool.ts';
import { DelayLine } from './delay-line.ts';
import { lags } from './gateway-target.ts';
import { allServers, ERROR_RATE, type IncidentModel, type ModelIncident } from './incident-model.ts';
import { Journeys } from './journeys.ts';
import { ramp } from './shapes.ts';
import { countErrors, emptyTotals, errorShare, type Totals } from './totals.ts';

/** Seconds until the connections are lost, and the number at which waiting begins to matter. */
const LEAK_SECONDS = 70;
const HARMLESS = 8.6;

export const databasePoolExhaustion = {
  type: 'database_pool_exhaustion',
  title: 'Database connection pool exhaustion',
  rootCause:
    'A code path leaks database connections, so requests queue for those that are left until they time out',
  component: 'database_connection_pool',
  reason: 'connection_leak',
  mitigation: 'rollback',
  steps: CHECKOUT_STEPS,
  affected: allServers,
  settings: { error_rate: ERROR_RATE },
  codes: ['DB_CONN_EXHAUSTED'],
  simulate,
} as const satisfies IncidentModel;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  const background = backgroundShare(basis, incident.startMs);
  const lost = settingFor(
    (connections) => errorShare(run(basis, incident, connections), background),
    incident.targetErrorRate,
    { low: HARMLESS, high: CONNECTIONS - 0.05, guess: 9.4, tolerance: TOLERANCE },
  );
  return run(basis, incident, lost, t);
}

function run(basis: PlanBasis, incident: ModelIncident, most: number, t?: Timeline): Totals {
  const totals = emptyTotals();
  if (t) writable(t, 'starved', 'waitMs', 'admitted');
  t?.admitted.fill(0);
  // Without a timeline one server stands for all three.
  const servers = t ? SERVER_COUNT : 1;
  for (let server = 0; server < servers; server++)
    runServer({ basis, incident, most, server, weight: SERVER_COUNT / servers, totals }, t);
  return totals;
}

interface ServerRun {
  readonly basis: PlanBasis;
  readonly incident: ModelIncident;
  /** Connections lost at most. */
  readonly most: number;
  /** Index into SERVERS, and how many servers it stands for. */
  readonly server: number;
  readonly weight: number;
  readonly totals: Totals;
}

function runServer({ basis, incident, most, server, weight, totals }: ServerRun, t?: Timeline): void {
  const window = (incident.endMs - incident.startMs) / 1000;
  const end = (incident.recoveredMs - incident.startMs) / 1000;
  const lag = lags(noise(basis.parameters.seed, incident.startMs / MINUTE_MS, 1))[server] ?? 0;
  let load = loadAt(basis, incident.startMs) / SERVER_COUNT;
  let baselineS = 0;
  const journeys = new Journeys(load);
  const waiting = new DelayLine();
  let starving = 0;
  for (let second = 0; second < (t ? end : window); second++) {
    if (second % READING_S === 0) {
      load = loadAt(basis, incident.startMs + second * 1000) / SERVER_COUNT;
      baselineS = meanLatencyMs(load * SERVER_COUNT) / 1000;
    }
    const lost = lostAt(second - lag, most, window, end);
    starving -= waiting.take(second);
    const requests = journeys.arrive(second, load);
    const { starved, waitS } = poolSecond(requests, CONNECTIONS - lost);
    const served = requests * (1 - starved);
    const room = Math.max(0, THREADS - starving - served * (baselineS + waitS));
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
    t.waitMs[i] = waitS * 1000;
    t.admitted[second] = (t.admitted[second] ?? 0) + admitted / SERVER_COUNT;
    if (second % READING_S !== 0) continue;
    const gauge = (second / READING_S) * SERVER_COUNT + server;
    const busy = Math.min(THREADS, starving + served * (baselineS + waitS));
    const pending = Math.round(starving + served * waitS);
    writeGauges(t, gauge, busy, pending, lost > 0.5 ? activeConnections(requests, lost) : undefined);
  }
}

/** Connections lost: as many as the leak takes, then handed back slowly, the last ones that matter first. */
function lostAt(second: number, most: number, window: number, end: number): number {
  if (second < window) return most * ramp(second, 0, LEAK_SECONDS);
  const half = window + (end - window) * 0.45;
  return second < half
    ? most - (most - HARMLESS) * ramp(second, window, half)
    : HARMLESS * (1 - ramp(second, half, end));
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
  t.threads[i] = Math.round(Math.max(usual, busy));
  t.poolPending[i] = pending;
  t.poolActive[i] = pending > 0 ? CONNECTIONS : (active ?? t.poolActive[i] ?? 0);
  t.heap[i] = Math.min(93, Math.round((t.heap[i] ?? 0) + 0.34 * more));
  t.memory[i] = Math.min(95, Math.round((t.memory[i] ?? 0) + 0.32 * more));
  t.cpu[i] = Math.round(Math.max(6, (t.cpu[i] ?? 0) - 0.1 * more));
  t.gcMs[i] = Math.round((t.gcMs[i] ?? 0) * (1 + more / 40));
}
