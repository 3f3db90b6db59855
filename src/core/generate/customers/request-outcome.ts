// How long the parts of one request take and how it ends, given the state of the shop.

import { baselineLatencyMs, LATENCY_SPREAD, MIN_LATENCY_MS } from '../../plan/baseline.ts';
import { CLOSED, HALF_OPEN, OPEN } from '../../plan/models/breaker.ts';
import {
  ACQUIRE_TIMEOUT_MS,
  BAD_GATEWAY_MS,
  BAD_GATEWAY_SPREAD,
  CONNECT_TIMEOUT_MS,
  MAX_CALL_MS,
  QUICK_FAILURE_MS,
  SLOW_SPREAD,
} from '../../plan/models/call-times.ts';
import type { Random } from '../../plan/random.ts';
import { GATEWAYS } from '../../plan/shop.ts';
import { BASELINE_CACHE_HIT, MAX_RESPONSE_MS, type Timeline } from '../../plan/timeline.ts';
import {
  BACKGROUND,
  badGateway,
  breakerHalfOpen,
  breakerOpen,
  type Failure,
  gatewayTimeout,
  gatewayUnreachable,
  OUT_OF_MEMORY,
  poolExhausted,
} from './failures.ts';
import { balancerOf } from './places.ts';
import type { Request, Row } from './row.ts';
import type { ShopState } from './shop-state.ts';

/** Factor on the variable part of a response time by step: payments are the slowest. */
const STEP_FACTOR = [0.95, 1.12, 0.92];

/** Simulates one request: its times and its failure, if any. @param errorRate share of requests that fail for the customer's own reasons. */
export function simulateRequest(
  request: Request & Pick<Row, 'place'>,
  state: ShopState,
  random: Random,
  errorRate: number,
): void {
  const { step, server, startMs } = request;
  state.at(startMs);
  const t = state.timeline;
  const i = t ? state.index(startMs, server) : 0;
  request.failure = undefined;
  request.incidental = false;

  const rest =
    baselineLatencyMs(state.load(startMs)) *
    (STEP_FACTOR[step] ?? 1) *
    Math.exp(LATENCY_SPREAD * random.normal());
  const base = MIN_LATENCY_MS + rest;
  const mixing = random.next();
  const hit = random.next() < (t ? (t.cacheHit[i] ?? BASELINE_CACHE_HIT) : BASELINE_CACHE_HIT);
  request.cacheHit = hit ? 1 : 0;
  request.queryMs = Math.round(base * (hit ? 0.06 : 0.2) * (0.6 + 0.8 * mixing));
  request.waitMs = mixing > 0.9 ? 1 : 0;
  request.upstreamMs = step === 1 ? Math.round(base * (0.4 + 0.15 * mixing)) : -1;
  let own = base - request.queryMs - request.waitMs - Math.max(0, request.upstreamMs);

  if (t) {
    own *= t.own[i] ?? 1;
    if (random.next() < (t.stallChance[i] ?? 0)) own += random.exponential(t.stallMs[i] ?? 0);
    if (step === 1 && meetsTrouble(request, t) && gatewayOutcome(request, t, i, state, random)) return;
    if (serverOutcome(request, t, i, state, random, own)) return;
    request.waitMs += Math.round(random.exponential(t.waitMs[i] ?? 0));
  }
  sumParts(request, own);
  if (random.next() < errorRate) {
    const choices = BACKGROUND[step] ?? [];
    request.failure = choices[random.below(choices.length)];
  }
}

/** Adds the parts up, to at most what the load balancer waits. */
function sumParts(request: Request, own: number): void {
  const parts = Math.max(0, request.queryMs) + Math.max(0, request.upstreamMs);
  request.waitMs = Math.min(request.waitMs, Math.max(0, MAX_RESPONSE_MS - 2000 - parts));
  // Cut at various times within 400 ms, so that the limit does not show as a line in charts.
  request.responseMs = Math.min(
    MAX_RESPONSE_MS - Math.floor(own % 400),
    Math.ceil(own) + parts + Math.max(0, request.waitMs),
  );
}

function fail(request: Request, failure: Failure): true {
  request.failure = failure;
  request.incidental = true;
  return true;
}

/** True for a call to the gateway that is in trouble, from where it is felt. */
function meetsTrouble({ gateway, place }: Request & Pick<Row, 'place'>, t: Timeline): boolean {
  return gateway === t.gateway && (t.balancer < 0 || t.balancer === balancerOf(place));
}

/** A call to the gateway that is in trouble. Returns true when it fails; else the call's time is set. */
function gatewayOutcome(request: Request, t: Timeline, i: number, state: ShopState, random: Random): boolean {
  const name = GATEWAYS[t.gateway] ?? '';
  const halfOpen = state.readingOf(request.startMs, request.server).breaker === HALF_OPEN;
  const refused = random.next() < (t.refused[i] ?? 0);
  if (refused || (halfOpen && !state.probes.take(request.server, request.startMs))) {
    const responseMs = 2 + random.below(14);
    const { breaker } = state.readingOf(request.startMs + responseMs, request.server);
    // One that closes in these milliseconds lets the call through.
    if (breaker !== CLOSED) {
      request.queryMs = -1;
      request.waitMs = -1;
      request.upstreamMs = -1;
      request.responseMs = responseMs;
      return fail(request, breaker === OPEN ? breakerOpen(name) : breakerHalfOpen(name));
    }
  }
  if (random.next() < (t.callFails[i] ?? 0)) return failedCall(request, t, name, random);
  if (random.next() < (t.callBad[i] ?? 0))
    return gatewayFailure(
      request,
      badGateway(name),
      QUICK_FAILURE_MS * (0.4 + random.exponential(0.6)),
      random,
    );
  if (random.next() < (t.callSlow[i] ?? 0)) {
    const call = (t.callMs[i] ?? 0) * Math.exp(SLOW_SPREAD * random.normal());
    request.upstreamMs = Math.round(Math.min(MAX_CALL_MS * (0.8 + 0.2 * random.next()), Math.max(60, call)));
  }
  return false;
}

function failedCall(
  request: Request,
  { callFailure, failMs }: Timeline,
  name: string,
  random: Random,
): boolean {
  if (callFailure === 'timeout')
    return gatewayFailure(request, gatewayTimeout(name, failMs), failMs + random.below(4), random);
  if (callFailure === 'unreachable')
    return gatewayFailure(request, gatewayUnreachable(name), CONNECT_TIMEOUT_MS + random.below(6), random);
  const late = BAD_GATEWAY_MS * Math.exp(BAD_GATEWAY_SPREAD * random.normal());
  return gatewayFailure(request, badGateway(name), Math.min(late, MAX_CALL_MS), random);
}

/** The service has the order in its cache and fails as soon as the call does. */
function gatewayFailure(request: Request, failure: Failure, upstreamMs: number, random: Random): true {
  request.queryMs = 2 + random.below(9);
  request.waitMs = 0;
  request.upstreamMs = Math.round(upstreamMs);
  request.responseMs = request.upstreamMs + request.queryMs + 1 + random.below(20);
  return fail(request, failure);
}

/** A request that the server itself cannot serve: no connection, or no memory. Returns true when it fails. */
function serverOutcome(
  request: Request,
  t: Timeline,
  i: number,
  state: ShopState,
  random: Random,
  own: number,
): boolean {
  const starved = random.next() < (t.starved[i] ?? 0);
  const chance = random.next();
  if (starved && noConnection(request, state, random)) return true;
  if (!t.leaks) return false;
  sumParts(request, own);
  const endMs = request.startMs + request.responseMs;
  // Memory runs out at the end of the work, and in a heap as full as the document shows it.
  const end = Math.min(t.outOfMemory.length - 1, state.index(endMs, request.server));
  if (chance >= (t.outOfMemory[end] ?? 0)) return false;
  request.upstreamMs = -1;
  request.queryMs = -1;
  request.waitMs = 0;
  request.responseMs = Math.max(1, Math.min(request.responseMs, Math.ceil(own)));
  return fail(request, OUT_OF_MEMORY);
}

/** Waits for a connection until the pool's timeout; false where nobody waits any more at the end of that, so the request is served before. */
function noConnection(request: Request, state: ShopState, random: Random): boolean {
  const waitMs = ACQUIRE_TIMEOUT_MS + random.below(40);
  const responseMs = waitMs + 5 + random.below(90);
  const { poolPending } = state.readingOf(request.startMs + responseMs, request.server);
  if (poolPending === 0) return false;
  request.upstreamMs = -1;
  request.queryMs = -1;
  request.waitMs = waitMs;
  request.responseMs = responseMs;
  return fail(request, poolExhausted(waitMs, Math.max(1, poolPending - random.below(6))));
}
