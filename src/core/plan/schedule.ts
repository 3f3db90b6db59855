// When something goes wrong: the windows of the presets, and the random incidents of each day.
import type { Temporal } from 'temporal-polyfill';
import { AppError } from '../../errors/app-error.ts';
import { curveAt } from './curve.ts';
import { DAY_MS, MINUTE_MS, minuteOf } from './durations.ts';
import { type Dealt, dealtOn } from './graded-days.ts';
import { localMinute } from './local-time.ts';
import { INCIDENT_TYPES, type IncidentType, modelOf } from './models/registry.ts';
import type { PlanParameters } from './parameters.ts';
import { endingOf, placeOf, severeOf } from './place.ts';
import type { Preset } from './preset.ts';
import { hashText, noise, type Random, stream } from './random.ts';
import { GATEWAYS } from './shop.ts';
import { instantOf, startOfDay, type ZoneOffset, zoneOffsets } from './time-zone.ts';
import type { Incident } from './types.ts';

/** Normal operation between one incident's recovery and the next start, ms, where the day has room for it. */
const GAPS_MS = [20 * MINUTE_MS, 5 * MINUTE_MS, MINUTE_MS];

/** An incident before its model has run. */
export type ScheduledIncident = Omit<Incident, 'expected'>;

/** A preset's target: from the middle of a range, so that chance rarely moves the outcome out of it. */
function target(random: Random, { min, max }: { min: number; max: number }): number {
  return (min + (max - min) * (0.4 + 0.2 * random.next())) / 100;
}

/** The windows of all presets on a demo day, planned or not. Throws AppError `preset` where two overlap. */
export function presetIncidents(
  presets: readonly Preset[],
  demoDay: Temporal.PlainDate,
  parameters: PlanParameters,
): ScheduledIncident[] {
  const scheduled = presets.map((preset): ScheduledIncident => {
    const { id, title, window, model, root_cause } = preset;
    const day = demoDay.subtract({ days: window.days_before });
    const startMs = instantOf(day, minuteOf(window.start), parameters.timeZone);
    const endMs = startMs + (minuteOf(window.end) - minuteOf(window.start)) * MINUTE_MS;
    const random = stream(parameters.seed, `preset ${id}`, Math.floor(startMs / MINUTE_MS));
    const own = model.settings['error_rate'];
    const affected = modelOf(model.type).affected(model.settings);
    return {
      id,
      type: model.type,
      title,
      preset: id,
      startMs,
      endMs,
      recoveredMs: endMs + window.recovery_minutes * MINUTE_MS,
      rootCause: root_cause,
      severity: 'major',
      ...labelsOf(model.type),
      mitigatedMs: mitigatedMs(parameters.seed, { type: model.type, endMs, ...affected }),
      ...affected,
      settings: model.settings,
      targetErrorRate: typeof own === 'number' ? own / 100 : target(random, parameters.errorRateIncident),
    };
  });
  for (const [at, one] of scheduled.entries()) {
    for (const other of scheduled.slice(at + 1)) {
      const problem =
        one.id === other.id
          ? `two presets are called ${one.id}`
          : `its window and recovery overlap those of ${other.id}`;
      if (one.id === other.id || overlaps(one, other, 0))
        throw new AppError('preset', { file: one.id, problem });
    }
  }
  return scheduled;
}

/** What every incident of a type says in the answer key. */
export function labelsOf(type: IncidentType) {
  const { component, reason, mitigation, steps } = modelOf(type);
  return { component, reason, mitigation, steps };
}

/** When the cause of an incident ends: so long before its end that all it holds up is over by then. */
export function mitigatedMs(
  seed: number,
  { type, endMs, gateway }: Pick<Incident, 'type' | 'endMs'> & { readonly gateway?: string | undefined },
) {
  return endMs - modelOf(type).drainMs(seed, (GATEWAYS as readonly (string | undefined)[]).indexOf(gateway));
}

type Span = Pick<Incident, 'startMs' | 'recoveredMs'>;

const overlaps = (a: Span, b: Span, gapMs: number) =>
  a.startMs < b.recoveredMs + gapMs && b.startMs < a.recoveredMs + gapMs;

const [MOST_COMMON, ...OTHERS] = INCIDENT_TYPES as readonly [IncidentType, ...IncidentType[]];
/** Share of the most common type among the incidents of a day of the demo profile after the first. */
const COMMON_SHARE = 0.72;

/**
 * The types of a day's incidents. The first of each day goes through the other types in turn, from a place of the seed's
 * own, so that a week has all of them; days of one incident may have the most common type every second day.
 */
function typesOf(random: Random, count: number, turn: number): IncidentType[] {
  return Array.from({ length: count }, (_, index) => {
    const other = OTHERS[random.below(OTHERS.length)] ?? MOST_COMMON;
    if (index > 0) return random.next() < COMMON_SHARE ? MOST_COMMON : other;
    if (count === 1 && turn % 2 === 0) return MOST_COMMON;
    const place = count === 1 ? Math.floor(turn / 2) : turn;
    return OTHERS[place % OTHERS.length] ?? MOST_COMMON;
  });
}

function countOf(random: Random, { min, max }: { min: number; max: number }): number {
  const low = Math.ceil(min);
  const high = Math.floor(max);
  if (low <= high) return low + random.below(high - low + 1);
  return Math.floor(min) + (random.next() < (min + max) / 2 - Math.floor(min) ? 1 : 0);
}

interface Day {
  readonly startMs: number;
  readonly endMs: number;
  readonly offsets: readonly ZoneOffset[];
}

const TRIES = 200;
/** People change things in working hours, and changes break things. */
const WORKING_HOURS = { from: 9 * 60, to: 17 * 60, weight: 0.45 };
const BUSIEST_TPS = 60;

/** Likelihood of trouble at an instant, 0 to 1: more with traffic, and while people deploy. */
function likelihood({ offsets }: Day, ms: number): number {
  const minute = localMinute(offsets, ms);
  const working = minute >= WORKING_HOURS.from && minute < WORKING_HOURS.to ? WORKING_HOURS.weight : 0;
  return (1 - WORKING_HOURS.weight) * (curveAt(offsets, ms) / BUSIEST_TPS) + working;
}

/** A start in the day, to the second, that keeps its distance from the windows taken; undefined when there is none. */
function startIn(random: Random, day: Day, taken: readonly Span[], lengthMs: number): number | undefined {
  const seconds = Math.floor((day.endMs - day.startMs - lengthMs) / 1000);
  if (seconds <= 0) return undefined;
  for (const gapMs of GAPS_MS) {
    for (let tries = 0; tries < TRIES; tries++) {
      const startMs = day.startMs + random.below(seconds) * 1000;
      const likely = random.next() < likelihood(day, startMs);
      const span = { startMs, recoveredMs: startMs + lengthMs };
      if (likely && !taken.some((other) => overlaps(span, other, gapMs))) return startMs;
    }
  }
  return undefined;
}

/** How many of the presets' windows begin in a day: each takes one of the day's places. */
const presetsIn = ({ startMs, endMs }: Day, presets: readonly Span[]) =>
  presets.filter((span) => span.startMs >= startMs && span.startMs < endMs).length;

/**
 * The random incidents of one local day, from a stream keyed by the day: they do not depend on now.
 * @param presets windows of presets, planned or not: they take places of the day and must not overlap.
 */
export function randomIncidents(
  date: Temporal.PlainDate,
  parameters: PlanParameters,
  presets: readonly Span[],
): ScheduledIncident[] {
  const { timeZone, seed } = parameters;
  const startMs = startOfDay(date, timeZone);
  const endMs = startOfDay(date.add({ days: 1 }), timeZone);
  const day = { startMs, endMs, offsets: zoneOffsets(startMs, endMs, timeZone) };
  const random = stream(seed, 'incidents', hashText(date.toString()));
  const wanted = Math.max(0, countOf(random, parameters.incidentsPerDay) - presetsIn(day, presets));
  const turn = Math.floor(startMs / DAY_MS) + Math.floor(noise(seed, 7, 0) * 2 * OTHERS.length);
  const found: ScheduledIncident[] = [];
  const dealt: readonly (Pick<Dealt, 'type'> & Partial<Dealt>)[] =
    parameters.profile === 'graded'
      ? dealtOn(seed, turn, wanted)
      : typesOf(random, wanted, turn).map((type) => ({ type }));
  for (const { type, severity: level } of dealt) {
    const { severity, targetErrorRate, seconds, recoverySeconds } = severeOf(random, type, parameters, level);
    const place = placeOf(random, type, severity, parameters.profile);
    const mitigation = place.mitigation ?? endingOf(random, type, severity);
    const beginsMs = startIn(random, day, [...presets, ...found], (seconds + recoverySeconds) * 1000);
    if (beginsMs === undefined) continue;
    const { title, rootCause } = modelOf(type);
    const endsMs = beginsMs + seconds * 1000;
    found.push({
      id: '',
      title,
      preset: null,
      recoveredMs: endsMs + recoverySeconds * 1000,
      rootCause,
      severity,
      ...labelsOf(type),
      mitigatedMs: mitigatedMs(seed, { type, endMs: endsMs, gateway: place.gateway }),
      type,
      startMs: beginsMs,
      endMs: endsMs,
      ...place,
      mitigation,
      targetErrorRate,
    });
  }
  found.sort((a, b) => a.startMs - b.startMs);
  return found.map((incident, index) => ({ ...incident, id: `random-${date.toString()}-${index + 1}` }));
}
