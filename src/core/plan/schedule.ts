// When something goes wrong: the windows of the presets, and the random incidents of each day.
import type { Temporal } from 'temporal-polyfill';
import { AppError } from '../../errors/app-error.ts';
import { MINUTE_MS, minuteOf } from './durations.ts';
import { INCIDENT_TYPES, type IncidentType, modelOf } from './models/registry.ts';
import type { PlanParameters } from './parameters.ts';
import type { Preset } from './preset.ts';
import { hashText, type Random, stream } from './random.ts';
import { SERVERS } from './shop.ts';
import { instantOf } from './time-zone.ts';
import type { Incident } from './types.ts';

/**
 * Business hours, in minutes of the local day: random incidents begin and recover inside them. The lunch peak is
 * excluded: an incident there would push the traffic of twenty minutes out of its range in DAY_PARTS.
 */
const BUSINESS: readonly (readonly [opens: number, closes: number])[] = [
  [9 * 60, 11 * 60 + 40],
  [14 * 60, 17 * 60],
];

/** Minutes of normal operation between one incident's recovery and the next start, where the day has room for them. */
const GAP_MINUTES = 20;

/** An incident before its model has run. */
export type ScheduledIncident = Omit<Incident, 'expected'>;

/** A target from the middle of a range, so that chance rarely moves the outcome out of it. */
function target(random: Random, { min, max }: { min: number; max: number }): number {
  return (min + (max - min) * (0.38 + 0.24 * random.next())) / 100;
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
      mitigatedMs: endMs,
      ...modelOf(model.type).affected(model.settings),
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
function labelsOf(type: IncidentType) {
  const { component, reason, mitigation, steps } = modelOf(type);
  return { component, reason, mitigation, steps };
}

type Span = Pick<Incident, 'startMs' | 'recoveredMs'>;

const overlaps = (a: Span, b: Span, gapMs: number) =>
  a.startMs < b.recoveredMs + gapMs && b.startMs < a.recoveredMs + gapMs;

const [MOST_COMMON, ...OTHERS] = INCIDENT_TYPES as readonly [IncidentType, ...IncidentType[]];

/** The types of a day's incidents: of several, one is of the most common type; the rest is drawn, that type among them. */
function typesOf(random: Random, count: number): IncidentType[] {
  return Array.from({ length: count }, (_, index) => {
    const chance = index === 0 && count > 1 ? 1 : count > 1 ? 0.2 : 0.5;
    return random.next() < chance ? MOST_COMMON : (OTHERS[random.below(OTHERS.length)] ?? MOST_COMMON);
  });
}

function countOf(random: Random, { min, max }: { min: number; max: number }): number {
  const low = Math.ceil(min);
  const high = Math.floor(max);
  if (low <= high) return low + random.below(high - low + 1);
  return Math.floor(min) + (random.next() < (min + max) / 2 - Math.floor(min) ? 1 : 0);
}

/** A start in the day that keeps its distance from the windows taken; undefined when there is none. */
function placeIn(random: Random, day: Day, taken: readonly Span[], length: number): number | undefined {
  const starts = BUSINESS.flatMap(([opens, closes]) =>
    Array.from({ length: Math.max(0, closes - length - opens + 1) }, (_, index) => opens + index),
  );
  for (const gap of [GAP_MINUTES, 5, 1]) {
    const free = starts.filter((minute) => {
      const startMs = day(minute);
      const span = { startMs, recoveredMs: startMs + length * MINUTE_MS };
      return !taken.some((other) => overlaps(span, other, gap * MINUTE_MS));
    });
    if (free.length > 0) return day(free[random.below(free.length)] ?? 0);
  }
  return undefined;
}

/** The instant of a minute of the local day. */
type Day = (minute: number) => number;

/**
 * The random incidents of one local day, from a stream keyed by the day: they do not depend on now.
 * @param taken windows that must not overlap, planned or not.
 */
export function randomIncidents(
  day: Temporal.PlainDate,
  parameters: PlanParameters,
  taken: readonly Span[],
): ScheduledIncident[] {
  const morningMs = instantOf(day, 9 * 60, parameters.timeZone);
  // Clocks do not change in business hours.
  const at: Day = (minute) => morningMs + (minute - 9 * 60) * MINUTE_MS;
  const random = stream(parameters.seed, 'incidents', hashText(day.toString()));
  const found: ScheduledIncident[] = [];
  for (const type of typesOf(random, countOf(random, parameters.incidentsPerDay))) {
    const minutes = 6 + random.below(10);
    const recovery = 5 + random.below(6);
    const targetErrorRate = target(random, parameters.errorRateIncident);
    const server = SERVERS[random.below(SERVERS.length)] ?? SERVERS[0];
    const { title, rootCause, affected, randomSettings } = modelOf(type);
    const settings = randomSettings?.(server) ?? {};
    const startMs = placeIn(random, at, [...taken, ...found], minutes + recovery);
    if (startMs === undefined) continue;
    const endMs = startMs + minutes * MINUTE_MS;
    found.push({
      id: '',
      type,
      title,
      preset: null,
      startMs,
      endMs,
      recoveredMs: endMs + recovery * MINUTE_MS,
      rootCause,
      severity: 'major',
      ...labelsOf(type),
      mitigatedMs: endMs,
      ...affected(settings),
      settings,
      targetErrorRate,
    });
  }
  found.sort((a, b) => a.startMs - b.startMs);
  return found.map((incident, index) => ({ ...incident, id: `random-${day.toString()}-${index + 1}` }));
}
