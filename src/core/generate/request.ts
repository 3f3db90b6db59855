// One request: how long its parts take and how it ends, given the state of the shop.
import { FLOOR_MS, restMs, SPREAD } from '../plan/calm.ts';
import type { Random } from '../plan/random.ts';
import { GATEWAYS } from '../plan/shop.ts';
import { CALM_CACHE_HIT, LONGEST_MS, type Timeline } from '../plan/timeline.ts';
import type { Conditions } from './conditions.ts';
import {
  BACKGROUND,
  badGateway,
  breakerHalfOpen,
  breakerOpen,
  type Failure,
  gatewayRefused,
  OUT_OF_MEMORY,
  paymentTimeout,
  poolExhausted,
} from './outcomes.ts';

/** What a request is, and, once fare() has run, how it fared. One is used again and again. */
export interface Request {
  /** Index into STEPS. */
  step: number;
  server: number;
  gateway: number;
  ms: number;
  attempt: number;
  responseMs: number;
  /** Times of the parts, ms; -1 where there was none. */
  queryMs: number;
  waitMs: number;
  upstreamMs: number;
  /** -1 when the cache was not asked. */
  cacheHit: number;
  failure: Failure | undefined;
  /** True for a failure of the shop or its gateway, false for one of the customer's own. */
  incidental: boolean;
}

const STEP_FACTOR = [0.95, 1.12, 0.92];
const GATEWAY_TIMEOUT_MS = 30_000;
const ACQUIRE_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** Decides one request. @param errorRate share of requests that fail for reasons of the customer's own. */
export function fare(request: Request, conditions: Conditions, random: Random, errorRate: number): void {
  const { step, server, ms } = request;
  conditions.at(ms);
  const t = conditions.timeline;
  const i = t ? conditions.index(ms, server) : 0;
  request.failure = undefined;
  request.incidental = false;

  const rest = restMs(conditions.load(ms)) * (STEP_FACTOR[step] ?? 1) * Math.exp(SPREAD * random.normal());
  const base = FLOOR_MS + rest;
  const mixing = random.next();
  const hit = random.next() < (t ? (t.cacheHit[i] ?? CALM_CACHE_HIT) : CALM_CACHE_HIT);
  request.cacheHit = hit ? 1 : 0;
  request.queryMs = Math.round(base * (hit ? 0.06 : 0.2) * (0.6 + 0.8 * mixing));
  request.waitMs = mixing > 0.9 ? 1 : 0;
  request.upstreamMs = step === 1 ? Math.round(base * (0.4 + 0.15 * mixing)) : -1;
  let own = base - request.queryMs - request.waitMs - Math.max(0, request.upstreamMs);

  if (t) {
    own *= t.own[i] ?? 1;
    if (random.next() < (t.stallChance[i] ?? 0)) own += random.exponential(t.stallMs[i] ?? 0);
    if (step === 1 && request.gateway === t.gateway && callFails(request, t, i, random)) return;
    if (hostFails(request, t, i, random, own)) return;
    request.waitMs += Math.round(random.exponential(t.waitMs[i] ?? 0));
  }
  settle(request, own);
  if (random.next() < errorRate) {
    const choices = BACKGROUND[step] ?? [];
    request.failure = choices[random.below(choices.length)];
  }
}

/** Adds the parts up; what would take longer than the balancer waits is cut there. */
function settle(request: Request, own: number): void {
  const parts = Math.max(0, request.queryMs) + Math.max(0, request.upstreamMs);
  request.waitMs = Math.min(request.waitMs, Math.max(0, LONGEST_MS - 2000 - parts));
  request.responseMs = Math.min(
    LONGEST_MS - Math.floor(own % 400),
    Math.ceil(own) + parts + Math.max(0, request.waitMs),
  );
}

function fail(request: Request, failure: Failure): true {
  request.failure = failure;
  request.incidental = true;
  return true;
}

/** A call to the gateway that is in trouble. Returns true when it fails; else the call's time is set. */
function callFails(request: Request, t: Timeline, i: number, random: Random): boolean {
  const name = GATEWAYS[t.gateway] ?? '';
  if (random.next() < (t.refused[i] ?? 0)) {
    request.queryMs = -1;
    request.waitMs = 0;
    request.upstreamMs = -1;
    request.responseMs = 2 + random.below(14);
    return fail(request, t.breaker[i] === 1 ? breakerOpen(name) : breakerHalfOpen(name));
  }
  const fails = random.next() < (t.callFails[i] ?? 0);
  if (fails && t.callFailure === 'timeout') {
    request.queryMs = 2 + random.below(9);
    request.waitMs = 0;
    request.upstreamMs = GATEWAY_TIMEOUT_MS + random.below(4);
    request.responseMs = request.upstreamMs + request.queryMs + 1 + random.below(20);
    return fail(request, paymentTimeout(name));
  }
  if (fails && t.callFailure === 'refused') request.upstreamMs = CONNECT_TIMEOUT_MS + random.below(6);
  else {
    const longest = fails ? 25_000 : GATEWAY_TIMEOUT_MS - 400;
    const call = (t.callMs[i] ?? 0) * Math.exp(0.6 * random.normal());
    request.upstreamMs = Math.round(Math.min(longest * (0.8 + 0.2 * random.next()), Math.max(60, call)));
  }
  if (!fails) return false;
  request.queryMs = 2 + random.below(9);
  request.responseMs = request.upstreamMs + request.queryMs + request.waitMs + 10 + random.below(120);
  return fail(request, t.callFailure === 'refused' ? gatewayRefused(name) : badGateway(name));
}

/** A request the server itself cannot serve: no connection, or no memory. */
function hostFails(request: Request, t: Timeline, i: number, random: Random, own: number): boolean {
  const starved = random.next() < (t.starved[i] ?? 0);
  const exhausted = random.next() < (t.outOfMemory[i] ?? 0);
  if (!starved && !exhausted) return false;
  request.upstreamMs = -1;
  request.queryMs = -1;
  if (starved) {
    request.waitMs = ACQUIRE_TIMEOUT_MS + random.below(40);
    request.responseMs = request.waitMs + 5 + random.below(90);
    return fail(request, poolExhausted(request.waitMs, Math.round(t.poolPending[i] ?? 0)));
  }
  request.waitMs = 0;
  settle(request, own);
  return fail(request, OUT_OF_MEMORY);
}
