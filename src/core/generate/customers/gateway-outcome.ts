// How a call to a payment gateway ends: one to the gateway that is in trouble, and one that fails in passing.
import { READ_TIMEOUTS_MS, RESET_MS, TRANSIENT_KINDS } from '../../plan/latency.ts';
import { CLOSED, HALF_OPEN, OPEN } from '../../plan/models/breaker.ts';
import {
  BAD_GATEWAY_MS,
  BAD_GATEWAY_SPREAD,
  CONNECT_TIMEOUT_MS,
  MAX_CALL_MS,
  QUICK_FAILURE_MS,
  SLOW_SPREAD,
} from '../../plan/models/call-times.ts';
import type { Random } from '../../plan/random.ts';
import { GATEWAYS } from '../../plan/shop.ts';
import type { Timeline } from '../../plan/timeline.ts';
import { answerFailure, fail } from './failed-request.ts';
import {
  badGateway,
  breakerHalfOpen,
  breakerOpen,
  connectionReset,
  type Failure,
  gatewayTimeout,
  gatewayUnavailable,
  gatewayUnreachable,
  readTimeout,
} from './failures.ts';
import { balancerOf } from './places.ts';
import type { Request, Row } from './row.ts';
import type { ShopState } from './shop-state.ts';
/** True for a call to the gateway that is in trouble, from where it is felt. */
export function meetsTrouble({ gateway, place }: Request & Pick<Row, 'place'>, t: Timeline): boolean {
  return gateway === t.gateway && (t.balancer < 0 || t.balancer === balancerOf(place));
}

/** A call to the gateway that is in trouble. Returns true when it fails; else the call's time is set. */
export function gatewayOutcome(
  request: Request,
  t: Timeline,
  i: number,
  state: ShopState,
  random: Random,
): boolean {
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

/** After a call without an answer the service asks the gateway for its outcome, which takes up to this long, ms. */
const AFTER_TIMEOUT_MS = 60;

/** A call that fails in passing: it is reset, or gets no answer. The next one works. */
export function failInPassing(request: Request, random: Random): void {
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
