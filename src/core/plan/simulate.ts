// Runs the model of an incident, once.
import { backgroundShare, type Frame, loadAt } from './baseline.ts';
import { shopSize } from './curve.ts';
import type { IncidentType } from './incident-types.ts';
import { circuitBreaker } from './models/circuit-breaker.ts';
import { databasePool } from './models/database-pool.ts';
import { memoryPressure } from './models/memory-pressure.ts';
import { paymentTimeout } from './models/payment-timeout.ts';
import { errorShare, type Totals } from './models/totals.ts';
import { upstreamDegradation } from './models/upstream-degradation.ts';
import type { Scheduled } from './schedule.ts';
import { calmTimeline, type Timeline } from './timeline.ts';
import type { Expectation } from './types.ts';

type Model = (frame: Frame, incident: Scheduled, timeline: Timeline) => Totals;

const MODELS: Readonly<Record<IncidentType, Model>> = {
  payment_gateway_timeout: paymentTimeout,
  database_pool_exhaustion: databasePool,
  memory_pressure: memoryPressure,
  circuit_breaker: circuitBreaker,
  upstream_degradation: upstreamDegradation,
};

export interface Simulation {
  readonly timeline: Timeline;
  readonly totals: Totals;
}

/** The simulations used last, by what they depend on; more than an ordinary plan has. */
const memo = new Map<string, Simulation>();
const MEMO_SIZE = 100;

/** The simulation of an incident; made when it is first asked for. */
export function simulate(frame: Frame, incident: Scheduled): Simulation {
  const { baseTps, peakMultiplier, seed, errorRateNormal, errorRateIncident } = frame.parameters;
  const { type, startMs, endMs, recoveredMs, gateway, settings, targetErrorRate } = incident;
  const key = JSON.stringify([
    [type, startMs, endMs, recoveredMs, gateway, settings, targetErrorRate],
    [baseTps, peakMultiplier, seed, errorRateNormal, errorRateIncident, loadAt(frame, startMs)],
  ]);
  const known = memo.get(key);
  const simulation = known ?? run(frame, incident);
  // The one used last moves to the end; the first one was not used for longest.
  memo.delete(key);
  memo.set(key, simulation);
  const [oldest] = memo.keys();
  if (memo.size > MEMO_SIZE && oldest !== undefined) memo.delete(oldest);
  return simulation;
}

function run(frame: Frame, incident: Scheduled): Simulation {
  const timeline = calmTimeline(frame, incident);
  return { timeline, totals: MODELS[incident.type](frame, incident, timeline) };
}

export function timelineOf(frame: Frame, incident: Scheduled): Timeline {
  return simulate(frame, incident).timeline;
}

/** What the model expects of an incident, after sampling. */
export function expectationOf(frame: Frame, incident: Scheduled): Expectation {
  const { totals } = simulate(frame, incident);
  const kept = shopSize(frame.parameters) / frame.parameters.sample;
  const errors = Object.entries(totals.errors).map(
    ([code, amount]) => [code, Math.round(amount * kept)] as const,
  );
  return {
    documents: Math.round(totals.documents * kept),
    errors: Object.fromEntries(errors.filter(([, amount]) => amount > 0)),
    errorRate: errorShare(totals, backgroundShare(frame, incident.startMs)),
  };
}
