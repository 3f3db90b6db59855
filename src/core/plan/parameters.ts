// The parameters that shape the data, and what they may be when they come from outside: from an index, or from a folder
// of data. The limits are those of the flags.

import { flag, Misfit, number, object, oneOf, type Shape, text } from '../schema/shape.ts';
import type { ZoneOffset } from './clock.ts';

/** An inclusive range; a single number has min = max. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The parameters that shape the data. Two plans with equal parameters, presets and now are equal. */
export interface PlanParameters {
  readonly days: number;
  readonly incidentsPerDay: Range;
  /** Transactions per second at the foot of the daily curve. */
  readonly baseTps: number;
  readonly peakMultiplier: number;
  /** Percent. */
  readonly errorRateNormal: Range;
  /** Percent of all transactions in an incident window. */
  readonly errorRateIncident: Range;
  /** Keeps one of this many sessions. */
  readonly sample: number;
  /** 0 to 4294967295. */
  readonly seed: number;
  /** IANA name. */
  readonly timeZone: string;
  /** What the presets call today, `YYYY-MM-DD`; left out, it follows from now (today once 14:45 has passed). */
  readonly demoDay?: string | undefined;
  /** Adds incident_id and phase to each document. */
  readonly labelDocuments: boolean;
}

/** What is known of a plan before its incidents are simulated. */
export interface PlanBasis {
  readonly parameters: PlanParameters;
  readonly offsets: readonly ZoneOffset[];
  readonly startMs: number;
}

const range = (min: number, max: number): Shape => {
  const ends = object({ min: number(min, max), max: number(min, max) });
  return (value, path) => {
    ends(value, path);
    const { min: low, max: high } = value as Range;
    if (low > high) throw new Misfit(path, 'begins above its end');
  };
};

const zone: Shape = (value, path) => {
  text()(value, path);
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(value) });
  } catch {
    oneOf('an IANA time zone')(value, path);
  }
};

const required: Readonly<Record<string, Shape>> = {
  days: number(1, 90, true),
  incidentsPerDay: range(0, 8),
  baseTps: number(0.1, 2000),
  peakMultiplier: number(1, 20),
  errorRateNormal: range(0, 10),
  errorRateIncident: range(5, 90),
  sample: number(1, 100_000, true),
  seed: number(0, 4_294_967_295, true),
  timeZone: zone,
  labelDocuments: flag,
};

const demoDay = text({
  pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  wanted: 'a day such as 2026-03-14',
});

/** What each parameter may be. */
export const parameterFields: Readonly<Record<string, Shape>> = { ...required, demoDay };

const parameters = object({ ...required, 'demoDay?': demoDay });

/** Throws Misfit with the path of the first field that does not fit. */
export function checkParameters(value: unknown): asserts value is PlanParameters {
  parameters(value, '');
}
