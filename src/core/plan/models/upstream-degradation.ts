// Upstream degradation, a gray failure: most instances of the gateway answer late, many of them with 502, the others
// work as ever. Fewer than four of five calls fail, so the breakers stay closed and every call is made and retried:
// the median of all transactions hardly moves, the 95th percentile and the number of calls do.

import type { PlanBasis } from '../parameters.ts';
import type { Timeline } from '../timeline.ts';
import { leftAt, resetAt, silentAt, slowMsAt, steady, strengthAt } from './course.ts';
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

/** Share of calls that fail: just below the breakers' threshold of four in five. */
const FAILING = 0.78;
const GUESS = { at: 0.32, persistence: 0.9, slope: 7 };

export const upstreamDegradation = {
  type: 'upstream_degradation',
  title: 'Upstream service degradation',
  rootCause:
    'Instances of the payment gateway respond late or with 502; too many calls succeed for the circuit breakers to open',
  component: 'payment_gateway',
  reason: 'gateway_degraded',
  mitigation: 'failover',
  endings: ['gateway_recovered', 'failover', 'failover'],
  steps: ['payment_processing'],
  affected: gatewayAndServers,
  settings: { gateway: GATEWAY, error_rate: ERROR_RATE },
  codes: ['UPSTREAM_SERVICE_ERROR'],
  callFailure: 'bad_gateway',
  drainMs: drainOf('bad_gateway'),
  simulate,
} as const satisfies IncidentModel;

function simulate(basis: PlanBasis, incident: ModelIncident, t: Timeline): Totals {
  const course = incident.severity === 'major' ? steady(incident.course) : incident.course;
  const { window, end, failMs, failsUntil } = timesOf(basis, incident, upstreamDegradation.callFailure);
  const slowness = 2800 + 3400 * (course.draws[0] ?? 0);
  const left = (second: number) => leftAt(course, second, window, end);
  const trouble = aimAtErrorRate(basis, incident, GUESS, (persistence, level) => ({
    failing: (second) => FAILING * level * silentAt(course, second) * strengthAt(course, second, window),
    failsUntil,
    bad: (second) => level * (second < window ? resetAt(course, second) : 0.6 * left(second)),
    slow: (second) =>
      // A few bad instances are slow before they fail.
      0.6 *
      (second < window
        ? Math.sqrt(level) * strengthAt(course, second, window)
        : Math.sqrt(level) * left(second)),
    slowMs: (second) => slowMsAt(course, second, 300 + slowness * (second < window ? 1 : left(second))),
    failure: upstreamDegradation.callFailure,
    failMs,
    retryFailed: [0.2 + 0.8 * persistence, 0.9 * persistence],
    retryRefused: [0, 0],
  }));
  return runTrouble(basis, incident, trouble, t);
}
