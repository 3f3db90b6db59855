// Payment gateway timeout: the gateway stops responding to most calls, then to all of them. Calls hang for 30 s and fill the
// threads; each failure is retried once or twice, which adds calls; once more than four of five calls of the last
// hundred have failed, the breaker of a server opens, and payments fail at once. (Stripe as model: the shop has set
// a timeout of 30 s; see REALISM on stripe-node and resilience4j.)
import { integer } from '../../schema/fields.ts';
import type { PlanBasis } from '../parameters.ts';
import type { Timeline } from '../timeline.ts';
import { plannedTimeouts } from '../timeout-target.ts';
import { settingFor } from './calibrate.ts';
import {
  leftAt,
  prompt,
  ramp,
  resetAt,
  silentAt,
  slowMsAt,
  slowRampS,
  steady,
  strengthAt,
} from './course.ts';
import { runGateway } from './gateway.ts';
import { aimAtErrorRate, runTrouble, type TroubleOf, timesOf } from './gateway-target.ts';
import {
  drainOf,
  ERROR_RATE,
  GATEWAY,
  gatewayAndServers,
  type IncidentModel,
  type ModelIncident,
  setting,
} from './incident-model.ts';
import type { Totals } from './totals.ts';

/** Share of calls that hang before all of them do: below the breakers' threshold, so they stay closed. */
const PLATEAU = { min: 0.62, max: 0.74 };
/** Where a number of timeouts is promised, so many calls must hang that it is reached before the breakers open. */
const PROMISED_PLATEAU = { min: 0.71, max: 0.76 };
/** Part of the trouble after which every call hangs: sooner where more is to fail. */
const allFailAfter = (persistence: number) => 0.69 - 0.12 * persistence;

const GUESS = { at: 0.32, persistence: 0.64, slope: 8 };

export const paymentGatewayTimeout = {
  type: 'payment_gateway_timeout',
  title: 'Payment gateway timeout',
  rootCause:
    'The payment gateway stops responding; calls hang until they time out, and retries add to the load until the circuit breakers open',
  closedRootCause:
    'The payment gateway stops responding to some calls, which hang until they time out; too many succeed for the circuit breakers to open',
  component: 'payment_gateway',
  reason: 'gateway_unresponsive',
  mitigation: 'gateway_recovered',
  slowFailures: true,
  endings: ['gateway_recovered', 'gateway_recovered', 'failover'],
  steps: ['payment_processing'],
  affected: gatewayAndServers,
  settings: {
    gateway: GATEWAY,
    timeouts: setting(
      integer({ min: 60, max: 100_000 }),
      'Exact number of payment timeouts before sampling, at default traffic and error rates.',
    ),
    error_rate: ERROR_RATE,
  },
  codes: ['PAYMENT_TIMEOUT', 'CIRCUIT_BREAKER_OPEN'],
  callFailure: 'timeout',
  drainMs: drainOf('timeout'),
  simulate,
} as const satisfies IncidentModel;

function simulate(basis: PlanBasis, scheduled: ModelIncident, t: Timeline): Totals {
  const promised = plannedTimeouts(basis, scheduled);
  // A promised number leaves no time for a slow beginning.
  const incident = promised === undefined ? scheduled : { ...scheduled, course: prompt(scheduled.course) };
  let after = allFailAfter;
  if (promised !== undefined) {
    // The later all calls hang, the later the breakers open, and the more calls time out.
    const timeouts = (part: number) =>
      runGateway(basis, incident, troubleOf(basis, incident, () => part)(0.5, 1)).errors['PAYMENT_TIMEOUT'] ??
      0;
    const fitting = settingFor(timeouts, promised, {
      low: 0.15,
      high: 1,
      guess: 0.69,
      tolerance: promised / 50,
    });
    after = () => fitting;
  }
  const trouble = aimAtErrorRate(basis, incident, GUESS, troubleOf(basis, incident, after), promised);
  return runTrouble(basis, incident, trouble, t);
}

function troubleOf(
  basis: PlanBasis,
  incident: ModelIncident,
  after: (persistence: number) => number,
): TroubleOf {
  const course = incident.severity === 'minor' ? incident.course : steady(incident.course);
  const { window, end, failMs, failsUntil } = timesOf(basis, incident, paymentGatewayTimeout.callFailure);
  const { min, max } = typeof incident.settings['timeouts'] === 'number' ? PROMISED_PLATEAU : PLATEAU;
  const plateau = min + (max - min) * (course.draws[0] ?? 0);
  const slowness = 2500 + 3000 * (course.draws[1] ?? 0);
  const left = (second: number) => leftAt(course, second, window, end);
  return (persistence, level) => {
    const allFail = failsUntil * after(persistence);
    return {
      failing: (second) =>
        level === 1 && second >= allFail
          ? 1
          : level * plateau * silentAt(course, second) * strengthAt(course, second, window),
      failsUntil,
      bad: (second) => (second < window ? level * resetAt(course, second) : 0.35 * level * left(second)),
      slow: (second) =>
        0.8 * (second < window ? level * ramp(second, 0, slowRampS(course, 20)) : level * left(second)),
      slowMs: (second) => slowMsAt(course, second, 300 + slowness * (second < window ? 1 : left(second))),
      failure: paymentGatewayTimeout.callFailure,
      failMs,
      retryFailed: [1, 0.5],
      retryRefused: [persistence, 0.8 * persistence],
    };
  };
}
