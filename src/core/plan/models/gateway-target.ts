// Aims a gateway incident at its target error rate.
import { backgroundShare } from '../baseline.ts';
import type { PlanBasis } from '../parameters.ts';
import { GATEWAYS } from '../shop.ts';
import type { Timeline } from '../timeline.ts';
import { settingFor, TOLERANCE } from './calibrate.ts';
import { type CallFailure, failureMs, longestFailureMs } from './call-times.ts';
import { leftAt, meanLag, ramp, strengthAt } from './course.ts';
import { type GatewayTrouble, runGateway } from './gateway.ts';
import type { ModelIncident } from './incident-model.ts';
import { subtleCallMs } from './subtle.ts';
import { errorShare, type Totals } from './totals.ts';

/** Two knobs, 0 to 1: how persistently failed payments are retried, and how strongly the gateway fails. */
export type TroubleOf = (persistence: number, level: number) => GatewayTrouble;

/** The persistence that usually gives the error rate `at`, and how it grows with the rate. */
export interface Guess {
  readonly at: number;
  readonly persistence: number;
  readonly slope: number;
}

/** A milder incident is retried as patiently as this. */
const MILD_PERSISTENCE = 0.2;

const PROMISE_SLACK = 0.04;

/**
 * The trouble whose window fails at the incident's target rate. Retries are turned up or down first; where even without
 * them too much fails, the gateway fails less. Payments on one gateway are a fifth of all transactions or less, so high
 * rates are out of reach: the model then gives the highest rate it can.
 * @param promised timeouts that must be reached, where there is such a number; a milder incident aims at it alone.
 */
export function aimAtErrorRate(
  basis: PlanBasis,
  incident: ModelIncident,
  guess: Guess,
  usually: TroubleOf,
  promised?: number,
): GatewayTrouble {
  const troubleOf = incident.severity === 'subtle' ? subtly(basis, incident, usually) : usually;
  const background = backgroundShare(basis, incident.startMs);
  const wanted = incident.targetErrorRate;
  const rate = (persistence: number, level: number) =>
    errorShare(runGateway(basis, incident, troubleOf(persistence, level)), background);
  const timeouts = (persistence: number, level: number) =>
    runGateway(basis, incident, troubleOf(persistence, level)).errors['PAYMENT_TIMEOUT'] ?? 0;
  const usual = Math.min(1, Math.max(0, guess.persistence + guess.slope * (wanted - guess.at)));
  const tolerance = Math.min(TOLERANCE, wanted / 12);
  const persistence = settingFor((p) => rate(p, 1), wanted, { low: 0, high: 1, guess: usual, tolerance });
  // A promised number of timeouts takes open breakers, so the error rate may then be a little higher.
  const slack = promised === undefined ? tolerance : PROMISE_SLACK;
  if (persistence > 0 || rate(0, 1) <= wanted + slack) return troubleOf(persistence, 1);
  const milder = { low: 0.01, high: 1, guess: Math.min(1, wanted / 0.2) };
  const level =
    promised === undefined
      ? settingFor((at) => rate(MILD_PERSISTENCE, at), wanted, { ...milder, tolerance })
      : settingFor((at) => timeouts(MILD_PERSISTENCE, at), promised, { ...milder, tolerance: promised / 50 });
  return troubleOf(MILD_PERSISTENCE, level);
}

/** Share of the calls that are slow where a subtle incident is at its strongest. */
const SUBTLE_CALLS = 0.8;
/** Share of the calls that fail there at most: the others show how slow it is. */
const MOST_BAD = 0.6;

/** The trouble of a subtle incident: calls are a little slower, and those that fail do so at once unless they time out. */
function subtly(basis: PlanBasis, incident: ModelIncident, troubleOf: TroubleOf): TroubleOf {
  const { startMs, endMs, recoveredMs, onsetS, course, servers } = incident;
  const window = (endMs - startMs) / 1000;
  const end = (recoveredMs - startMs) / 1000;
  const strength = (second: number) => strengthAt(course, second, window);
  const slow = (second: number) =>
    SUBTLE_CALLS * (second < window ? ramp(second, 0, course.rampS) : leftAt(course, second, window, end));
  const lag = onsetS + meanLag(course, servers);
  const medianMs = subtleCallMs(basis, incident, (second) => slow(second - lag));
  return (persistence, level) => {
    const trouble = { ...troubleOf(persistence, level), slow, slowMs: () => medianMs };
    if (trouble.failure === 'timeout') return trouble;
    const { bad } = trouble;
    return {
      ...trouble,
      failing: () => 0,
      bad: (second) => (second < window ? Math.min(MOST_BAD, level) * strength(second) : bad(second)),
    };
  };
}

/** When things happen in a gateway incident, in seconds since its start, and how long a failing call takes, ms. */
export function timesOf(
  basis: PlanBasis,
  { startMs, endMs, recoveredMs, gateway }: ModelIncident,
  failure: CallFailure,
) {
  const { seed } = basis.parameters;
  const index = (GATEWAYS as readonly (string | undefined)[]).indexOf(gateway);
  const window = (endMs - startMs) / 1000;
  return {
    window,
    end: (recoveredMs - startMs) / 1000,
    failMs: failureMs(failure, seed, index),
    // Every failure is written before the window ends.
    failsUntil: window - Math.ceil(longestFailureMs(failure, seed, index) / 1000) - 1,
  };
}

/** Runs the incident into a timeline, and notes there how failing calls fail and are retried. */
export function runTrouble(
  basis: PlanBasis,
  incident: ModelIncident,
  trouble: GatewayTrouble,
  t: Timeline,
): Totals {
  t.failMs = trouble.failMs;
  t.retryFailed = trouble.retryFailed;
  t.retryRefused = trouble.retryRefused;
  return runGateway(basis, incident, trouble, t);
}
