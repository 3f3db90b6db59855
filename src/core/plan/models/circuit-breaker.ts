// Circuit breaker activation: a gateway grows slow and then takes no connections, with spells in which it slowly does.
// A call fails after 10 s without a connection, so the window of a breaker fills with failures within two minutes; from
// then on it is open for 60 s, tries again with ten calls, and opens again, or closes when it happens to meet a spell.

import { MINUTE_MS } from '../durations.ts';
import type { PlanBasis } from '../parameters.ts';
import { noise } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import { type GatewayTrouble, runGateway } from './gateway.ts';
import { aimAtErrorRate, lags } from './gateway-target.ts';
import {
  ERROR_RATE,
  GATEWAY,
  gatewayAndServers,
  type IncidentModel,
  type ModelIncident,
} from './incident-model.ts';
import { decay, ramp } from './shapes.ts';
import type { Totals } from './totals.ts';

/** A good spell comes every four minutes and lasts this long. */
const SPELL_EVERY = 240;
const SPELL_SECONDS = 70;
/** Slow answers come at once, failures grow over this time. */
const FAILING_RAMP_S = 90;
/** Part of the window after which it begins at the latest: sooner where more is to fail. */
const MAX_ONSET = 0.15;
const GUESS = { at: 0.32, persistence: 0.3, slope: 5 };

export const circuitBreaker = {
  type: 'circuit_breaker',
  title: 'Circuit breaker activation',
  rootCause:
    'The payment gateway refuses connections; the circuit breakers open, probe once a minute, and open again',
  component: 'payment_gateway',
  reason: 'gateway_refusing_connections',
  mitigation: 'gateway_recovered',
  steps: ['payment_processing'],
  affected: gatewayAndServers,
  settings: { gateway: GATEWAY, error_rate: ERROR_RATE },
  codes: ['CIRCUIT_BREAKER_OPEN', 'UPSTREAM_SERVICE_ERROR'],
  callFailure: 'unreachable',
  simulate,
} as const satisfies IncidentModel;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  const window = (incident.endMs - incident.startMs) / 1000;
  const end = t.seconds;
  const { seed } = basis.parameters;
  const minute = incident.startMs / MINUTE_MS;
  const lag = lags(noise(seed, minute, 1));
  const firstSpell = 150 + Math.floor(60 * noise(seed, minute, 2));
  const trouble = aimAtErrorRate(basis, incident, GUESS, (persistence, late): GatewayTrouble => {
    const onset = Math.max(late, MAX_ONSET * window * (1 - persistence));
    const spell = (second: number) =>
      second - onset >= firstSpell && (second - onset - firstSpell) % SPELL_EVERY < SPELL_SECONDS;
    return {
      failing: (second) => (spell(second) ? 0.1 : 0.97 * ramp(second, onset, onset + FAILING_RAMP_S)),
      bad: (second) => (second < window ? 0 : 0.35 * decay(second, window, end)),
      slow: (second) =>
        second < window ? 0.85 * ramp(second, onset, onset + 15) : 0.6 * decay(second, window, end),
      slowMs: (second) => 300 + 3500 * (second < window ? 1 : decay(second, window, end)),
      failure: circuitBreaker.callFailure,
      retryFailed: [1, 0.5],
      retryRefused: [persistence, 0.65 * persistence],
      lag,
    };
  });
  t.retryFailed = trouble.retryFailed;
  t.retryRefused = trouble.retryRefused;
  return runGateway(basis, incident, trouble, t);
}
