// A payment gateway in trouble, second by second and server by server. The three gateway incidents differ only in what
// is wrong with the gateway.
import { loadAt, meanLatencyMs } from '../baseline.ts';
import { servedLoad } from '../gauges.ts';
import type { PlanBasis } from '../parameters.ts';
import {
  balancerShare,
  CONFIRMING_SHARE,
  DOCUMENTS_PER_SESSION,
  GATEWAY_SHARES,
  GATEWAYS,
  PAYING_SHARE,
  SERVER_COUNT,
  SERVERS,
  THREADS,
} from '../shop.ts';
import { READING_S, type Timeline, writable } from '../timeline.ts';
import { HALF_OPEN, OPEN } from './breaker.ts';
import { crowding } from './busy-threads.ts';
import { type CallFailure, FAILURE_CODE, GATEWAY_ERROR, SLOW_MEAN } from './call-times.ts';
import { crowdedAt } from './course.ts';
import { GatewayCalls } from './gateway-calls.ts';
import type { ModelIncident } from './incident-model.ts';
import { countErrors, emptyTotals, type Totals } from './totals.ts';

/** What is wrong with the gateway; times are seconds since the onset, on the server that feels it first. */
export interface GatewayTrouble {
  /** Share of calls that fail, 0 to 1. */
  readonly failing: (second: number) => number;
  /** Second from which no call fails any more. */
  readonly failsUntil: number;
  /** Share of the other calls that get a quick 502. */
  readonly bad: (second: number) => number;
  /** Share of working calls that are slow, and their median, ms. */
  readonly slow: (second: number) => number;
  readonly slowMs: (second: number) => number;
  /** How a failing call fails, and its median time, ms. */
  readonly failure: CallFailure;
  readonly failMs: number;
  readonly retryFailed: readonly [number, number];
  readonly retryRefused: readonly [number, number];
}

/** Runs the incident. With a timeline it runs every server and the recovery too, and writes them into it. */
export function runGateway(
  basis: PlanBasis,
  incident: ModelIncident,
  trouble: GatewayTrouble,
  t?: Timeline,
): Totals {
  if (t) writable(t, 'admitted', 'refused', 'callFails', 'callBad', 'callSlow', 'callMs', 'own');
  const totals = emptyTotals();
  const affected = SERVERS.flatMap((name, server) => (incident.servers.includes(name) ? [server] : []));
  if (t) for (const server of affected) runServer({ basis, incident, trouble, server, weight: 1, totals }, t);
  // Without a timeline one server stands for all that are affected.
  else runServer({ basis, incident, trouble, server: -1, weight: affected.length, totals });
  const untouched = SERVER_COUNT - affected.length;
  if (untouched > 0) totals.documents += usualDocuments(basis, incident) * (untouched / SERVER_COUNT);
  return totals;
}

/** Documents of an incident's window at the size of the default shop, as if there were none. */
export function usualDocuments(basis: PlanBasis, { startMs, endMs }: ModelIncident): number {
  let documents = 0;
  for (let ms = startMs; ms < endMs; ms += READING_S * 1000)
    documents += (loadAt(basis, ms) * Math.min(READING_S * 1000, endMs - ms)) / 1000;
  return documents;
}

interface ServerRun {
  readonly basis: PlanBasis;
  readonly incident: ModelIncident;
  readonly trouble: GatewayTrouble;
  /** Index into SERVERS; -1 for an average one, and how many servers it stands for. */
  readonly server: number;
  readonly weight: number;
  readonly totals: Totals;
}

function runServer({ basis, incident, trouble, server, weight, totals }: ServerRun, t?: Timeline): void {
  const { startMs, endMs, recoveredMs, onsetS, course } = incident;
  const window = (endMs - startMs) / 1000;
  const seconds = t ? Math.ceil((recoveredMs - startMs) / 1000) : window;
  const gateway = (GATEWAYS as readonly string[]).indexOf(incident.gateway ?? '');
  const share = GATEWAY_SHARES[gateway] ?? 0;
  const side = balancerShare(incident.balancer);
  const { retryFailed, retryRefused } = trouble;
  const failSeconds = trouble.failMs / 1000;
  const rules = { failing: 0, failingAgain: 0, bad: 0, failSeconds, retryFailed, retryRefused };
  const lag = onsetS + (server < 0 ? mean(course.lags) : (course.lags[server] ?? 0));
  const strength = server < 0 ? 1 : (course.weights[server] ?? 1);
  const calls = new GatewayCalls();
  const inWindow = noErrors();
  const inRecovery = noErrors();
  let load = 0;
  let baselineS = 0;
  for (let second = 0; second < seconds; second++) {
    if (second % READING_S === 0) {
      const ms = startMs + second * 1000;
      load = server < 0 ? loadAt(basis, ms) / SERVER_COUNT : servedLoad(basis, ms, server);
      baselineS = meanLatencyMs(loadAt(basis, ms)) / 1000;
      calls.breaker.read(second);
    }
    const felt = Math.max(0, second - lag);
    const failing = second < trouble.failsUntil ? onServer(trouble.failing(felt), strength) : 0;
    rules.failing = failing * side;
    rules.failingAgain = failing;
    rules.bad = trouble.bad(felt);
    const slow = trouble.slow(felt) * side;
    const slowS = trouble.slowMs(felt) / 1000;
    // Customers leave a shop that says that payments are disturbed.
    const admitted = calls.breaker.state === OPEN ? 1 - LEAVING * share : 1;
    const sessions = (load / DOCUMENTS_PER_SESSION) * admitted;
    const elsewhere = sessions * PAYING_SHARE * (1 - share);
    calls.second(second, sessions * PAYING_SHARE * share, rules);

    const documents = sessions + elsewhere + calls.attempts + (elsewhere + calls.worked) * CONFIRMING_SHARE;
    const working = calls.worked * slow * slowS * SLOW_MEAN + (documents - calls.failed) * baselineS;
    const busy = Math.min(THREADS, calls.held + working);
    addErrors(second < window ? inWindow : inRecovery, calls);
    if (second < window) totals.documents += documents * weight;
    if (!t) continue;
    const i = second * SERVER_COUNT + server;
    t.admitted[second] = (t.admitted[second] ?? 0) - (1 - admitted) / SERVER_COUNT;
    t.refused[i] = calls.attempts > 0 ? calls.refused / calls.attempts : 0;
    t.callFails[i] = failing;
    t.callBad[i] = rules.bad;
    t.callSlow[i] = slow / side;
    t.callMs[i] = slowS * 1000;
    t.own[i] = crowding(busy) * crowdedAt(course, felt);
    if (second % READING_S === 0)
      writeGauges(t, (second / READING_S) * SERVER_COUNT + server, busy, calls.breaker.state);
  }
  for (const errors of [inWindow, inRecovery]) {
    countErrors(totals, FAILURE_CODE[trouble.failure], errors.failed * weight, errors === inWindow);
    countErrors(totals, 'CIRCUIT_BREAKER_OPEN', errors.rejected * weight, errors === inWindow);
    countErrors(totals, GATEWAY_ERROR, errors.others * weight, errors === inWindow);
  }
}

/** Share of the failing gateway's customers who leave while its breaker is open. */
const LEAVING = 0.55;

/** Just below the share of failures at which breakers open. */
const BELOW_BREAKER = 0.77;

/** A failing share as one server meets it: more or less by its strength, but on the same side of the breakers' threshold. */
const onServer = (failing: number, strength: number) =>
  failing > BELOW_BREAKER ? failing : Math.min(failing * strength, BELOW_BREAKER);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const noErrors = () => ({ failed: 0, rejected: 0, others: 0 });

/** Adds the errors of a second. A half-open breaker rejects with the code of its gateway's failures (see failures.ts). */
function addErrors(errors: ReturnType<typeof noErrors>, calls: GatewayCalls): void {
  const halfOpen = calls.breaker.state === HALF_OPEN;
  errors.failed += calls.failed;
  errors.rejected += halfOpen ? 0 : calls.refused;
  errors.others += calls.bad + (halfOpen ? calls.refused : 0);
}

/** Requests that wait keep their memory: each busy thread costs heap, a little CPU and longer garbage collections. */
function writeGauges(t: Timeline, i: number, busy: number, breaker: number): void {
  const usual = t.threads[i] ?? 0;
  const more = Math.max(0, busy - usual);
  t.threads[i] = Math.min(THREADS, Math.round(usual + more));
  t.heap[i] = Math.min(91, Math.round((t.heap[i] ?? 0) + 0.1 * more));
  t.memory[i] = Math.min(94, Math.round((t.memory[i] ?? 0) + 0.14 * more));
  t.cpu[i] = Math.min(95, Math.round((t.cpu[i] ?? 0) + 0.08 * more));
  t.gcMs[i] = Math.round((t.gcMs[i] ?? 0) * (1 + more / 60));
  t.breaker[i] = breaker;
}
