// How long the parts of one request take and how it ends, given the state of the shop.

import { READING_MS } from '../../plan/durations.ts';
import {
  HELD_SHARE,
  READ_TIMEOUTS_MS,
  RESET_MS,
  TRANSIENT_KINDS,
  TRANSIENT_SHARE,
} from '../../plan/latency.ts';
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
import { MAX_RESPONSE_MS, type Timeline } from '../../plan/timeline.ts';
import {
  badGateway,
  breakerHalfOpen,
  breakerOpen,
  connectionReset,
  type Failure,
  gatewayTimeout,
  gatewayUnavailable,
  gatewayUnreachable,
  OUT_OF_MEMORY,
  poolExhausted,
  readTimeout,
} from './failures.ts';
import { balancerOf } from './places.ts';
import type { Request, Row } from './row.ts';
import type { ShopState } from './shop-state.ts';
import type { UsualTimes } from './usual-times.ts';

/** Small waits of a call that times out stay within the wall of its timeout. */
const MAX_WAIT_AT_WALL_MS = 60;

/** Simulates one request: its times, and its failure where it is the shop's or the gateway's. */
export function simulateRequest(
  request: Request & Pick<Row, 'place'>,
  state: ShopState,
  times: UsualTimes,
  random: Random,
): void {
  const { step, server, startMs } = request;
  state.at(startMs);
  const t = state.timeline;
  const i = t ? state.index(startMs, server) : 0;
  request.failure = undefined;
  request.incidental = false;
  const reading = state.readingOf(startMs, server);
  const hitShare = t?.cacheHit[i] ?? reading.cacheHit;
  request.cacheHit = random.next() < hitShare ? 1 : 0;
  let own = times.draw(request, state.load(startMs), reading, random);

  if (t) {
    own *= t.own[i] ?? 1;
    if (random.next() < (t.stallChance[i] ?? 0)) own += random.exponential(t.stallMs[i] ?? 0);
    if (step === 1 && meetsTrouble(request, t) && gatewayOutcome(request, t, i, state, random)) return;
    if (serverOutcome(request, t, i, state, random, own)) return;
    request.waitMs += Math.round(random.exponential(t.waitMs[i] ?? 0));
  } else own += leftOfPause(startMs, reading.gcMs);
  if (step === 1 && random.next() < TRANSIENT_SHARE) {
    failInPassing(request, random);
    return;
  }
  sumParts(request, own, t, random);
}

/** What is left of a pause of the collector that began with a reading, ms. */
const leftOfPause = (ms: number, pauseMs: number) => Math.max(0, pauseMs - (ms % READING_MS));

/** Adds the parts up, to at most what the load balancer waits. */
function sumParts(request: Request, own: number, t: Timeline | undefined, random: Random): void {
  const queryMs = Math.max(0, request.queryMs);
  const callMs = Math.max(0, request.upstreamMs);
  const parts = queryMs + callMs;
  request.waitMs = Math.min(request.waitMs, Math.max(0, MAX_RESPONSE_MS - 2000 - parts));
  // Cut at various times within 400 ms, so that the limit does not show as a line in charts.
  request.responseMs = Math.min(
    MAX_RESPONSE_MS - Math.floor(own % 400),
    Math.ceil(own) + parts + Math.max(0, request.waitMs),
  );
  const held = own * HELD_SHARE * (0.2 + 1.6 * random.next());
  const free = request.responseMs - parts - Math.max(0, request.waitMs);
  const heldMs = Math.round(Math.min(held, free)) + (t?.holdsConnections ? callMs : 0);
  request.usageMs = request.queryMs < 0 ? -1 : queryMs + heldMs;
}

/** After a call without an answer the service asks the gateway for its outcome, which takes up to this long, ms. */
const AFTER_TIMEOUT_MS = 60;

/** A call that fails in passing: it is reset, or gets no answer. The next one works. */
function failInPassing(request: Request, random: Random): void {
  const name = GATEWAYS[request.gateway] ?? '';
  const kind = random.next();
  if (kind < TRANSIENT_KINDS.timeout) {
    const timeoutMs = READ_TIMEOUTS_MS[random.below(READ_TIMEOUTS_MS.length)] ?? 0;
    answerFailure(request, timeoutMs + random.below(4), random, AFTER_TIMEOUT_MS);
    request.failure = readTimeout(name, timeoutMs);
    return;
  }
  answerFailure(request, Math.min(2000, 5 + random.exponential(RESET_MS)), random);
  const unavailable = kind < TRANSIENT_KINDS.timeout + TRANSIENT_KINDS.unavailable;
  request.failure = unavailable ? gatewayUnavailable(name) : connectionReset(name);
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
      request.usageMs = -1;
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

function gatewayFailure(request: Request, failure: Failure, upstreamMs: number, random: Random): true {
  answerFailure(request, upstreamMs, random);
  return fail(request, failure);
}

/** The service refuses what it need not look up: no query, no call. */
export function answerAtOnce(request: Request, random: Random): void {
  request.queryMs = -1;
  request.usageMs = -1;
  request.waitMs = -1;
  request.upstreamMs = -1;
  request.responseMs = 2 + Math.round(random.exponential(7));
}

/** The service has the order in its cache and answers as soon as the call fails. */
function answerFailure(request: Request, upstreamMs: number, random: Random, spreadMs = 20): void {
  const rest = 1 + random.below(spreadMs);
  request.queryMs = 2 + random.below(9);
  request.usageMs = request.queryMs + random.below(rest);
  request.waitMs = Math.min(request.waitMs, MAX_WAIT_AT_WALL_MS);
  request.upstreamMs = Math.round(upstreamMs);
  request.responseMs = request.upstreamMs + request.queryMs + request.waitMs + rest;
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
  sumParts(request, own, t, random);
  const endMs = request.startMs + request.responseMs;
  // Memory runs out at the end of the work, and in a heap as full as the document shows it.
  const failMs = Math.max(1, Math.min(request.responseMs, Math.ceil(own)));
  if (chance >= outOfMemoryAt(request, state, endMs, request.startMs + failMs)) return false;
  request.upstreamMs = -1;
  request.queryMs = -1;
  request.waitMs = 0;
  request.usageMs = -1;
  request.responseMs = failMs;
  return fail(request, OUT_OF_MEMORY);
}

/** Chance that memory runs out. A request that failed before an incident was started or ended by hand stays failed. */
function outOfMemoryAt(
  { startMs, server }: Request,
  state: ShopState,
  endMs: number,
  failMs: number,
): number {
  const foreseen = state.foreseen(startMs, endMs);
  const held = foreseen && failMs < foreseen.changeMs ? foreseen.state : state;
  held.at(startMs);
  const chances = held.timeline?.outOfMemory;
  const end = Math.min((chances?.length ?? 0) - 1, held.index(endMs, server));
  return chances?.[end] ?? 0;
}

/** Waits for a connection until the pool's timeout; false where the queue is empty by then, so the request is served first. */
function noConnection(request: Request, state: ShopState, random: Random): boolean {
  const waitMs = ACQUIRE_TIMEOUT_MS + random.below(40);
  const responseMs = waitMs + 5 + random.below(90);
  const { poolPending } = state.readingOf(request.startMs + responseMs, request.server);
  if (poolPending === 0) {
    waitForChange(request, state, responseMs);
    return false;
  }
  request.upstreamMs = -1;
  request.queryMs = -1;
  request.usageMs = -1;
  request.waitMs = waitMs;
  request.responseMs = responseMs;
  return fail(request, poolExhausted(waitMs, poolPending));
}

/** A request that would have timed out waiting for a connection gets one once the incident is ended by hand. */
function waitForChange(request: Request, state: ShopState, responseMs: number): void {
  const { startMs, server } = request;
  const foreseen = state.foreseen(startMs, startMs + responseMs);
  if (!foreseen || foreseen.state.readingOf(startMs + responseMs, server).poolPending === 0) return;
  request.waitMs = Math.max(request.waitMs, foreseen.changeMs - startMs);
}
