// A payment gateway in trouble, second by second: calls that hang hold threads, failures open the breakers, retries
// add calls. The three gateway incidents differ only in what is wrong with the gateway.
import { type Frame, loadAt, meanMs } from '../calm.ts';
import type { Scheduled } from '../schedule.ts';
import {
  CONFIRMING,
  DOCUMENTS_PER_SESSION,
  GATEWAY_SHARES,
  GATEWAYS,
  PAYING,
  SERVER_COUNT,
  THREADS,
} from '../shop.ts';
import { TICK_S, type Timeline } from '../timeline.ts';
import { Breaker, HALF_OPEN } from './breaker.ts';
import { DelayLine } from './delay-line.ts';
import { crowding } from './threads.ts';
import { count, emptyTotals, type Totals } from './totals.ts';

/** What is wrong with the gateway; times are seconds since the start of the incident. */
export interface GatewayTrouble {
  /** Share of calls that fail, 0 to 1. */
  readonly failing: (second: number) => number;
  /** Share of the other calls that get a quick 502. */
  readonly bad: (second: number) => number;
  /** Share of working calls that are slow, and their median, ms. */
  readonly slow: (second: number) => number;
  readonly slowMs: (second: number) => number;
  /** Error code of a failing call, and the seconds it takes. */
  readonly failureCode: 'PAYMENT_TIMEOUT' | typeof GATEWAY_ERROR;
  readonly failSeconds: number;
  readonly retryFailed: readonly [number, number];
  readonly retryRefused: readonly [number, number];
  /** Seconds by which each server feels it later. */
  readonly lag: readonly number[];
}

/** Seconds until the service retries a failed call, and a customer one that was refused. */
export const RETRY_FAILED_S = 1;
export const RETRY_REFUSED_S = 4;
const ATTEMPTS = 3;
export const GATEWAY_ERROR = 'UPSTREAM_SERVICE_ERROR';

/** Runs the incident; with a timeline, writes it down. */
export function runGateway(frame: Frame, incident: Scheduled, trouble: GatewayTrouble, t?: Timeline): Totals {
  const totals = emptyTotals();
  const seconds = Math.round(((t ? incident.recoveredMs : incident.endMs) - incident.startMs) / 1000);
  const window = Math.round((incident.endMs - incident.startMs) / 1000);
  // Without a timeline one server stands for all three.
  const servers = t ? SERVER_COUNT : 1;
  for (let server = 0; server < servers; server++) {
    const retries = Array.from({ length: ATTEMPTS }, () => new DelayLine());
    const hanging = new DelayLine();
    const breaker = new Breaker();
    const gatewayShare = GATEWAY_SHARES[(GATEWAYS as readonly string[]).indexOf(incident.gateway ?? '')] ?? 0;
    let held = 0;
    let waiting = 0;
    let load = 0;
    let calmS = 0;
    for (let second = 0; second < seconds; second++) {
      if (second % TICK_S === 0) {
        load = loadAt(frame, incident.startMs + second * 1000);
        calmS = meanMs(load) / 1000;
        breaker.read(second);
      }
      const felt = Math.max(0, second - (trouble.lag[server] ?? 0));
      const failing = second < window ? trouble.failing(felt) : 0;
      const bad = trouble.bad(felt);
      const slow = trouble.slow(felt);
      const slowS = trouble.slowMs(felt) / 1000;

      const sessions = load / DOCUMENTS_PER_SESSION / SERVER_COUNT;
      const paying = sessions * PAYING;
      const ended = hanging.take(second);
      held -= ended;
      let attempts = 0;
      let refused = 0;
      let failed = 0;
      let worked = 0;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        let calls = attempt === 0 ? paying * gatewayShare + waiting : (retries[attempt]?.take(second) ?? 0);
        const permitted = breaker.permit(calls);
        // A call without a thread waits for the next second.
        const through = Math.min(permitted, Math.max(0, THREADS - 4 - held - failed));
        const late = permitted - through;
        calls -= late;
        if (attempt === 0) waiting = late;
        else retries[attempt]?.add(second + 1, late);
        const fails = through * failing;
        const refusals = calls - through;
        attempts += calls;
        refused += refusals;
        failed += fails;
        worked += through - fails;
        const next = retries[attempt + 1];
        if (!next) continue;
        next.add(second + trouble.failSeconds + RETRY_FAILED_S, fails * (trouble.retryFailed[attempt] ?? 0));
        next.add(second + RETRY_REFUSED_S, refusals * (trouble.retryRefused[attempt] ?? 0));
      }
      hanging.add(second + trouble.failSeconds, failed);
      held += failed;
      breaker.record(worked * (1 - bad), ended + worked * bad);

      const paid = paying * (1 - gatewayShare) + worked * (1 - bad);
      const documents = sessions + paying * (1 - gatewayShare) + attempts + paid * CONFIRMING;
      const busy = Math.min(THREADS, held + worked * slow * slowS * 1.2 + (documents - failed) * calmS);
      if (second < window) {
        const weight = SERVER_COUNT / servers;
        totals.documents += documents * weight;
        count(totals, trouble.failureCode, failed * weight);
        // A half-open breaker refuses with the code of its gateway's failures (see outcomes.ts).
        count(totals, breaker.state === HALF_OPEN ? GATEWAY_ERROR : 'CIRCUIT_BREAKER_OPEN', refused * weight);
        count(totals, GATEWAY_ERROR, worked * bad * weight);
        totals.mostThreads = Math.max(totals.mostThreads, busy);
      }
      if (!t) continue;
      const i = second * SERVER_COUNT + server;
      t.refused[i] = attempts > 0 ? refused / attempts : 0;
      t.callFails[i] = failing;
      t.callBad[i] = bad;
      t.callSlow[i] = slow;
      t.callMs[i] = slowS * 1000;
      t.own[i] = crowding(busy);
      if (second % TICK_S === 0)
        writeGauges(t, (second / TICK_S) * SERVER_COUNT + server, busy, breaker.state);
    }
  }
  return totals;
}

/** Requests that wait keep their memory: each busy thread costs heap, a little CPU and longer collections. */
function writeGauges(t: Timeline, i: number, busy: number, breaker: number): void {
  const calm = t.threads[i] ?? 0;
  const more = Math.max(0, busy - calm);
  t.threads[i] = Math.round(Math.max(calm, busy));
  t.heap[i] = Math.min(92, Math.round((t.heap[i] ?? 0) + 0.22 * more));
  t.memory[i] = Math.min(94, Math.round((t.memory[i] ?? 0) + 0.14 * more));
  t.cpu[i] = Math.min(95, Math.round((t.cpu[i] ?? 0) + 0.08 * more));
  t.gcMs[i] = Math.round((t.gcMs[i] ?? 0) * (1 + more / 60));
  t.breaker[i] = breaker;
}
