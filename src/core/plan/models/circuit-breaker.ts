// Circuit breaker activation: a gateway grows slow and then takes no connections, with spells in which it slowly does.
// A call fails after 10 s without a connection, so the window of a breaker fills with failures within two minutes; from
// then on it is open for 60 s, tries again with ten calls, and opens again, or closes when it happens to meet a spell.

import type { PlanBasis } from '../parameters.ts';
import type { Timeline } from '../timeline.ts';
import { leftAt, ramp, resetAt, silentAt, slowMsAt, slowRampS, strengthAt } from './course.ts';
import { aimAtErrorRate, runTrouble, timesOf } from './gateway-target.ts';
import {
  drainOf,
  ERROR_RATE,
  GATEWAY,
  gatewayAndServers,
  type IncidentModel,
  type ModelIncident,
} from './incident-model.ts';
import type { Totals } from './totals.ts';

/** A good spell comes every so many seconds and lasts so long. */
const SPELL_EVERY = { min: 170, max: 320 };
const SPELL_SECONDS = { min: 35, max: 80 };
const GUESS = { at: 0.32, persistence: 0.3, slope: 5 };

export const circuitBreaker = {
  type: 'circuit_breaker',
  title: 'Circuit breaker activation',
  rootCause: 'The payment gateway refuses connections; the circuit breakers open, probe, and open again',
  closedRootCause:
    'The payment gateway refuses some connections; too many calls succeed for the circuit breakers to open',
  component: 'payment_gateway',
  reason: 'gateway_refusing_connections',
  mitigation: 'gateway_recovered',
  endings: ['gateway_recovered', 'failover', 'config_change'],
  steps: ['payment_processing'],
  affected: gatewayAndServers,
  settings: { gateway: GATEWAY, error_rate: ERROR_RATE },
  codes: ['CIRCUIT_BREAKER_OPEN', 'UPSTREAM_SERVICE_ERROR'],
  callFailure: 'unreachable',
  drainMs: drainOf('unreachable'),
  simulate,
} as const satisfies IncidentModel;

const drawn = ({ min, max }: { readonly min: number; readonly max: number }, draw = 0) =>
  min + (max - min) * draw;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  const { course } = incident;
  const { window, end, failMs, failsUntil } = timesOf(basis, incident, circuitBreaker.callFailure);
  const [first = 0, every = 0, lasting = 0, slowness = 0] = course.draws;
  const firstSpell = 130 + 90 * first;
  const period = drawn(SPELL_EVERY, every);
  const spell = (second: number) =>
    second >= firstSpell && (second - firstSpell) % period < drawn(SPELL_SECONDS, lasting);
  const left = (second: number) => leftAt(course, second, window, end);
  const trouble = aimAtErrorRate(basis, incident, GUESS, (persistence, level) => ({
    // The calls that work in a wave's trough are too few to keep the breakers closed.
    failing: (second) =>
      level *
      (spell(second)
        ? 0.1
        : silentAt(course, second) *
          ramp(second, 0, course.rampS) *
          (0.9 + 0.1 * strengthAt(course, second, window))),
    failsUntil,
    bad: (second) => level * (second < window ? resetAt(course, second) : 0.35 * left(second)),
    slow: (second) =>
      second < window ? 0.85 * level * ramp(second, 0, slowRampS(course, 15)) : 0.6 * level * left(second),
    slowMs: (second) =>
      slowMsAt(course, second, 300 + (2400 + 2400 * slowness) * (second < window ? 1 : left(second))),
    failure: circuitBreaker.callFailure,
    failMs,
    retryFailed: [1, 0.5],
    retryRefused: [persistence, 0.65 * persistence],
  }));
  return runTrouble(basis, incident, trouble, t);
}
