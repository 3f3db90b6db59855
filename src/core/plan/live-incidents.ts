// Incidents that a person starts while the shop is live. They are no part of the plan's key, and what ended before one of
// them began, or was ended, is the same with and without it.
import { DAY_MS, MINUTE_MS } from './durations.ts';
import type { Severity } from './labels.ts';
import { type IncidentType, modelOf } from './models/registry.ts';
import type { PlanParameters } from './parameters.ts';
import type { Pause } from './pauses.ts';
import { endingOf, placeOf, severeOf } from './place.ts';
import type { Preset } from './preset.ts';
import { stream } from './random.ts';
import type { SampleChange } from './sampling.ts';
import { labelsOf, mitigatedMs, type ScheduledIncident } from './schedule.ts';
import { MAX_SESSION_MS } from './shop.ts';
import { READING_S } from './timeline.ts';

/** An incident that was started by hand: what an index remembers of it. All instants are whole seconds. */
export interface LiveStart {
  readonly id: string;
  readonly type: IncidentType;
  /** The preset whose settings it has. */
  readonly preset: string | null;
  readonly severity: Severity;
  readonly startMs: number;
  /** When it ends by itself. */
  readonly endMs: number;
  /** When it was ended by hand; left out if it was not. */
  readonly recoverMs?: number;
}

/** The shop after its data were loaded: how far it went, and what was started. */
export interface LiveCourse {
  /** A whole second. */
  readonly untilMs: number;
  readonly incidents: readonly LiveStart[];
  /** Releases without an effect that were begun by hand. */
  readonly releases?: readonly LiveRelease[];
  /** When no document was kept, in order of time. */
  readonly pauses?: readonly Pause[];
  /** When more sessions were kept, or as many as before again; in order of time. */
  readonly sampling?: readonly SampleChange[];
}

/** A release that looks like trouble and is none; at a whole second. */
export interface LiveRelease {
  readonly id: string;
  readonly startMs: number;
}

const READING_MS = READING_S * 1000;

/** The incident of a start, its place and its settings drawn from the seed and the instant. */
export function liveIncident(
  start: LiveStart,
  presets: readonly Preset[],
  parameters: PlanParameters,
): ScheduledIncident {
  const { id, type, severity, startMs, endMs } = start;
  const { seed, profile } = parameters;
  const random = stream(seed, 'live incident', Math.floor(startMs / 1000));
  const { targetErrorRate, recoverySeconds } = severeOf(random, type, parameters, severity);
  const preset = presets.find((one) => one.id === start.preset);
  const drawn = placeOf(random, type, severity, profile);
  const settings = preset?.model.settings ?? drawn.settings;
  const place = preset ? { settings, ...modelOf(type).affected(settings) } : drawn;
  const mitigation = drawn.mitigation ?? endingOf(random, type, severity);
  const { title, rootCause } = modelOf(type);
  const whole = {
    endMs,
    recoveredMs: endMs + recoverySeconds * 1000,
    mitigatedMs: Math.max(
      startMs + MINUTE_MS / 2,
      mitigatedMs(seed, { type, endMs, gateway: place.gateway }),
    ),
  };
  return {
    id,
    title,
    preset: null,
    rootCause,
    severity,
    ...labelsOf(type),
    type,
    startMs,
    ...place,
    mitigation,
    targetErrorRate,
    ...endedEarly(whole, start.recoverMs),
    live: whole,
  };
}

/** The course of an incident that is ended by hand at an instant: the time until it would have ended is left out. */
function endedEarly(whole: NonNullable<ScheduledIncident['live']>, recoverMs: number | undefined) {
  const leftMs = recoverMs === undefined ? 0 : Math.max(0, whole.mitigatedMs - recoverMs);
  const skipMs = Math.floor(leftMs / READING_MS) * READING_MS;
  return {
    endMs: whole.endMs - skipMs,
    recoveredMs: whole.recoveredMs - skipMs,
    mitigatedMs: whole.mitigatedMs - skipMs,
    ...(skipMs > 0 ? { recoverMs } : {}),
  };
}

/** What was known of the live incidents before each change of the course, in order of time. */
export function changesOf(incidents: readonly LiveStart[]): {
  readonly untilMs: number;
  readonly known: readonly LiveStart[];
}[] {
  const instants = incidents.flatMap(({ startMs, recoverMs }) => [
    startMs,
    ...(recoverMs === undefined ? [] : [recoverMs]),
  ]);
  const knownBefore = (ms: number) =>
    incidents
      .filter(({ startMs }) => startMs < ms)
      .map(({ recoverMs, ...start }) =>
        recoverMs !== undefined && recoverMs < ms ? { ...start, recoverMs } : start,
      );
  return [...new Set(instants)]
    .sort((a, b) => a - b)
    .map((untilMs) => ({ untilMs, known: knownBefore(untilMs) }));
}

/**
 * The live incident that an incident of the day makes room for, by its own beginning; undefined for none. Of a live
 * incident its whole course counts, also when it was ended early: what had made room does not come back.
 */
export const makesRoomFor = (
  { startMs }: Pick<ScheduledIncident, 'startMs'>,
  live: readonly ScheduledIncident[],
): ScheduledIncident | undefined =>
  live.find(
    (other) =>
      startMs >= other.startMs &&
      startMs - MAX_SESSION_MS - MINUTE_MS < (other.live?.recoveredMs ?? other.recoveredMs),
  );

/** The latest end of data that a live shop may have: so many days after it was planned. */
export const MOST_LIVE_MS = 90 * DAY_MS;
