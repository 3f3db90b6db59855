// A payment gateway in trouble, second by second and server by server. The three gateway incidents differ only in what
// is wrong with the gateway.
import { loadAt, meanLatencyMs } from '../baseline.ts';
import type { PlanBasis } from '../parameters.ts';
import {
  CONFIRMING_SHARE,
  DOCUMENTS_PER_SESSION,
  GATEWAY_SHARES,
  GATEWAYS,
  PAYING_SHARE,
  SERVER_COUNT,
  THREADS,
} from '../shop.ts';
import { READING_S, type Timeline, writable } from '../timeline.ts';
import { HALF_OPEN } from './breaker.ts';
import { crowding } from './busy-threads.ts';
import { type CallFailure, FAILURE_CODE, FAILURE_MS, GATEWAY_ERROR, SLOW_MEAN } from './call-times.ts';
import { GatewayCalls } from './gateway-calls.ts';
import type { ModelIncident } from './incident-model.ts';
import { countErrors, emptyTotals, type Totals } from './totals.ts';

/** What is wrong with the gateway; times are seconds since the start of the incident. */
export interface GatewayTrouble {
  /** Share of calls that fail, 0 to 1; only in the window. */
  readonly failing: (second: number) => number;
  /** Share of the other calls that get a quick 502. */
  readonly bad: (second: number) => number;
  /** Share of working calls that are slow, and their median, ms. */
  readonly slow: (second: number) => number;
  readonly slowMs: (second: number) => number;
  /** How a failing call fails. */
  readonly failure: CallFailure;
  readonly retryFailed: readonly [number, number];
  readonly retryRefused: readonly [number, number];
  /** Seconds by which each server feels it later. */
  readonly lag: readonly number[];
}

/** Runs the incident. With a timeline it runs all three servers and the recovery too, and writes them into it. */
export function runGateway(
  basis: PlanBasis,
  incident: ModelIncident,
  trouble: GatewayTrouble,
  t?: Timeline,
): Totals {
  if (t) writable(t, 'refused', 'callFails', 'callBad', 'callSlow', 'callMs', 'own');
  const totals = emptyTotals();
  // Without a timeline one server stands for all three.
  const servers = t ? SERVER_COUNT : 1;
  for (let server = 0; server < servers; server++)
    runServer({ basis, incident, trouble, server, servers, totals }, t);
  return totals;
}

interface ServerRun {
  readonly basis: PlanBasis;
  readonly incident: ModelIncident;
  readonly trouble: GatewayTrouble;
  /** Index into SERVERS, and how many servers run. */
  readonly server: number;
  readonly servers: number;
  readonly totals: Totals;
}

function runServer({ basis, incident, trouble, server, servers, totals }: ServerRun, t?: Timeline): void {
  const { startMs, endMs, recoveredMs } = incident;
  const window = (endMs - startMs) / 1000;
  const seconds = t ? (recoveredMs - startMs) / 1000 : window;
  const share = GATEWAY_SHARES[(GATEWAYS as readonly string[]).indexOf(incident.gateway ?? '')] ?? 0;
  const { retryFailed, retryRefused } = trouble;
  const rules = {
    failing: 0,
    bad: 0,
    failSeconds: FAILURE_MS[trouble.failure] / 1000,
    retryFailed,
    retryRefused,
  };
  const calls = new GatewayCalls();
  const inWindow = noErrors();
  const inRecovery = noErrors();
  let load = 0;
  let baselineS = 0;
  for (let second = 0; second < seconds; second++) {
    if (second % READING_S === 0) {
      load = loadAt(basis, startMs + second * 1000);
      baselineS = meanLatencyMs(load) / 1000;
      calls.breaker.read(second);
    }
    const felt = Math.max(0, second - (trouble.lag[server] ?? 0));
    rules.failing = second < window ? trouble.failing(felt) : 0;
    rules.bad = trouble.bad(felt);
    const slow = trouble.slow(felt);
    const slowS = trouble.slowMs(felt) / 1000;
    const sessions = load / DOCUMENTS_PER_SESSION / SERVER_COUNT;
    const elsewhere = sessions * PAYING_SHARE * (1 - share);
    calls.second(second, sessions * PAYING_SHARE * share, rules);

    const documents = sessions + elsewhere + calls.attempts + (elsewhere + calls.worked) * CONFIRMING_SHARE;
    const working = calls.worked * slow * slowS * SLOW_MEAN + (documents - calls.failed) * baselineS;
    const busy = Math.min(THREADS, calls.held + working);
    addErrors(second < window ? inWindow : inRecovery, calls);
    if (second < window) totals.documents += (documents * SERVER_COUNT) / servers;
    if (!t) continue;
    const i = second * SERVER_COUNT + server;
    t.refused[i] = calls.attempts > 0 ? calls.refused / calls.attempts : 0;
    t.callFails[i] = rules.failing;
    t.callBad[i] = rules.bad;
    t.callSlow[i] = slow;
    t.callMs[i] = slowS * 1000;
    t.own[i] = crowding(busy);
    if (second % READING_S === 0)
      writeGauges(t, (second / READING_S) * SERVER_COUNT + server, busy, calls.breaker.state);
  }
  for (const errors of [inWindow, inRecovery]) {
    const weight = SERVER_COUNT / servers;
    countErrors(totals, FAILURE_CODE[trouble.failure], errors.failed * weight, errors === inWindow);
    countErrors(totals, 'CIRCUIT_BREAKER_OPEN', errors.rejected * weight, errors === inWindow);
    countErrors(totals, GATEWAY_ERROR, errors.others * weight, errors === inWindow);
  }
}

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
  t.threads[i] = Math.round(Math.max(usual, busy));
  t.heap[i] = Math.min(92, Math.round((t.heap[i] ?? 0) + 0.22 * more));
  t.memory[i] = Math.min(94, Math.round((t.memory[i] ?? 0) + 0.14 * more));
  t.cpu[i] = Math.min(95, Math.round((t.cpu[i] ?? 0) + 0.08 * more));
  t.gcMs[i] = Math.round((t.gcMs[i] ?? 0) * (1 + more / 60));
  t.breaker[i] = breaker;
}
