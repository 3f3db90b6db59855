// Runs the model of an incident once and keeps the result.
import { backgroundShare, loadAt } from './baseline.ts';
import { shopSize } from './curve.ts';
import { READING_MS } from './durations.ts';
import { courseOf, sudden } from './models/course.ts';
import type { ModelIncident } from './models/incident-model.ts';
import { modelOf } from './models/registry.ts';
import { errorShare, type Totals } from './models/totals.ts';
import type { PlanBasis } from './parameters.ts';
import type { ScheduledIncident } from './schedule.ts';
import { withoutTime } from './shortened.ts';
import { baselineTimeline, type Timeline } from './timeline.ts';
import type { Expectation } from './types.ts';

export interface Simulation {
  readonly timeline: Timeline;
  readonly totals: Totals;
}

/** The most recent simulations, by what they depend on; more than an ordinary plan has. */
const memo = new Map<string, Simulation>();
const MEMO_SIZE = 100;

/** The simulation of an incident; made on first use. */
export function simulate(basis: PlanBasis, incident: ScheduledIncident): Simulation {
  const { baseTps, peakMultiplier, seed, errorRateNormal, errorRateIncident } = basis.parameters;
  const { type, startMs, endMs, recoveredMs, gateway, servers, balancer, severity, reason } = incident;
  const { settings, targetErrorRate, live, recoverMs } = incident;
  const key = JSON.stringify([
    [
      type,
      startMs,
      endMs,
      recoveredMs,
      gateway,
      servers,
      balancer,
      severity,
      reason,
      settings,
      targetErrorRate,
      live,
      recoverMs,
    ],
    [baseTps, peakMultiplier, seed, errorRateNormal, errorRateIncident, loadAt(basis, startMs)],
  ]);
  const known = memo.get(key);
  const simulation = known ?? run(basis, incident);
  // A Map keeps insertion order: the first entry is the least recently used.
  memo.delete(key);
  memo.set(key, simulation);
  const [oldest] = memo.keys();
  if (memo.size > MEMO_SIZE && oldest !== undefined) memo.delete(oldest);
  return simulation;
}

/** How near the error rate of a preset must come to its target once its servers differ, and how often that is tried. */
const NEAR = 0.012;
const TRIES = 3;

/** Models aim with an average server; a preset is aimed again until its real ones come near. */
function run(basis: PlanBasis, scheduled: ScheduledIncident): Simulation {
  const { live, recoverMs } = scheduled;
  if (live && recoverMs !== undefined) {
    const { recoverMs: _, ...rest } = scheduled;
    const whole = simulate(basis, { ...rest, ...live });
    return withoutTime(whole, {
      fromMs: recoverMs,
      skipMs: live.endMs - scheduled.endMs,
      share: (scheduled.endMs - scheduled.startMs) / (live.endMs - scheduled.startMs),
    });
  }
  const background = backgroundShare(basis, scheduled.startMs);
  const wanted = scheduled.targetErrorRate;
  let aim = wanted;
  let made = runOnce(basis, scheduled);
  for (let tries = 1; tries < TRIES && scheduled.preset !== null; tries++) {
    const rate = errorShare(made.totals, background);
    if (Math.abs(rate - wanted) <= NEAR) break;
    aim = Math.min(0.9, (aim * wanted) / Math.max(0.01, rate));
    const again = runOnce(basis, { ...scheduled, targetErrorRate: aim });
    if (Math.abs(errorShare(again.totals, background) - wanted) < Math.abs(rate - wanted)) made = again;
  }
  return made;
}

function runOnce(basis: PlanBasis, scheduled: ScheduledIncident): Simulation {
  const model = modelOf(scheduled.type);
  const incident = modelIncident(basis, scheduled);
  const timeline = baselineTimeline(basis, incident, model.callFailure ?? 'bad_gateway');
  return { timeline, totals: model.simulate(basis, incident, timeline) };
}

/** An incident as its model sees it: from the reading before its start, with a course of its own. */
function modelIncident(basis: PlanBasis, incident: ScheduledIncident): ModelIncident {
  const { startMs, endMs, live, severity, targetErrorRate } = incident;
  const usual = backgroundShare(basis, startMs);
  const course = courseOf(basis.parameters.seed, startMs, (endMs - startMs) / 1000);
  const readMs = Math.floor(startMs / READING_MS) * READING_MS;
  return {
    ...incident,
    startMs: readMs,
    onsetS: (startMs - readMs) / 1000,
    course: live ? sudden(course) : course,
    targetErrorRate: severity === 'subtle' ? targetErrorRate + usual : targetErrorRate,
  };
}

export function timelineOf(basis: PlanBasis, incident: ScheduledIncident): Timeline {
  return simulate(basis, incident).timeline;
}

/** Why it happened: of one whose breakers stay closed, that they do. A preset and another cause say it in their own words. */
export function rootCauseOf(basis: PlanBasis, incident: ScheduledIncident): string {
  const { type, rootCause } = incident;
  const model = modelOf(type);
  if (model.closedRootCause === undefined || rootCause !== model.rootCause) return rootCause;
  const opened = simulate(basis, incident).totals.allErrors['CIRCUIT_BREAKER_OPEN'] ?? 0;
  return opened > 0 ? rootCause : model.closedRootCause;
}

/** What the model expects of an incident, after sampling. @param sample one of so many sessions is kept */
export function expectationOf(basis: PlanBasis, incident: ScheduledIncident, sample: number): Expectation {
  const { totals } = simulate(basis, incident);
  const kept = shopSize(basis.parameters) / sample;
  const errors = Object.entries(totals.errors).map(
    ([code, amount]) => [code, Math.round(amount * kept)] as const,
  );
  return {
    documents: Math.round(totals.documents * kept),
    errors: Object.fromEntries(errors.filter(([, amount]) => amount > 0)),
    errorRate: errorShare(totals, backgroundShare(basis, incident.startMs)),
  };
}
