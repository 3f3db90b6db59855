// Upstream degradation, a grey failure: most instances of the gateway answer late, many of them with 502, the others
// work as ever. Fewer than four of five calls fail, so the breakers stay closed and every call is made and retried:
// the median of all transactions hardly moves, the 95th percentile and the number of calls do.

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

/** Slow to come: instances degrade one after the other. */
const RAMP_SECONDS = 50;
/** Share of calls that fail: just below the breakers' threshold of four in five. */
const FAILING = 0.78;

export const upstreamDegradation = {
  type: 'upstream_degradation',
  title: 'Upstream service degradation',
  rootCause:
    'Most instances of the payment gateway respond late or with 502; too many calls succeed for the circuit breakers to open',
  component: 'payment_gateway',
  reason: 'gateway_degraded',
  mitigation: 'failover',
  steps: ['payment_processing'],
  affected: gatewayAndServers,
  settings: { gateway: GATEWAY, error_rate: ERROR_RATE },
  codes: ['UPSTREAM_SERVICE_ERROR'],
  callFailure: 'bad_gateway',
  simulate,
} as const satisfies IncidentModel;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  const window = (incident.endMs - incident.startMs) / 1000;
  const end = t.seconds;
  const lag = lags(noise(basis.parameters.seed, incident.startMs / MINUTE_MS, 1));
  const trouble = aimAtErrorRate(
    basis,
    incident,
    { at: 0.32, persistence: 0.9, slope: 7 },
    (persistence, onset): GatewayTrouble => ({
      failing: (second) => FAILING * ramp(second, onset, onset + RAMP_SECONDS),
      bad: (second) => (second < window ? 0 : 0.6 * decay(second, window, end)),
      slow: (second) =>
        second < window ? 0.6 * ramp(second, onset, onset + RAMP_SECONDS) : 0.6 * decay(second, window, end),
      slowMs: (second) => 300 + 4500 * (second < window ? 1 : decay(second, window, end)),
      failure: upstreamDegradation.callFailure,
      retryFailed: [0.2 + 0.8 * persistence, 0.7 * persistence],
      retryRefused: [0, 0],
      lag,
    }),
  );
  t.retryFailed = trouble.retryFailed;
  t.retryRefused = trouble.retryRefused;
  return runGateway(basis, incident, trouble, t);
}
