// The parameters that shape the data: their limits and defaults, and what they may be when they come from an index, a
// folder of data or the record of a run.
import * as v from 'valibot';
import { flag, integer, number, object, oneOf, text } from '../schema/fields.ts';
import { assertSchema } from '../schema/problem.ts';
import type { ZoneOffset } from './time-zone.ts';

/** An inclusive range; a single number has min = max. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** How hard the incidents are to find: see the parameter `profile`. */
export const PROFILES = ['demo', 'graded'] as const;
export type Profile = (typeof PROFILES)[number];

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
  /**
   * `demo`: every incident is plain to see, and none overlap. `graded`: four levels of difficulty, red herrings, overlaps
   * and gaps in what the servers report.
   */
  readonly profile: Profile;
  /** Adds incident_id and phase to each document. */
  readonly labelDocuments: boolean;
}

/** What is known of a plan before its incidents are simulated. */
export interface PlanBasis {
  readonly parameters: PlanParameters;
  readonly offsets: readonly ZoneOffset[];
  readonly startMs: number;
}

/** Limits and default of each parameter that is a number or a range of numbers; the only place that says them. */
export const PARAMETERS = {
  days: { type: 'integer', min: 1, max: 90, default: 7 },
  incidentsPerDay: { type: 'range', min: 0, max: 8, default: { min: 2, max: 3 } },
  /** Transactions per second at the foot of the daily curve. */
  baseTps: { type: 'number', min: 0.1, max: 2000, default: 20 },
  peakMultiplier: { type: 'number', min: 1, max: 20, default: 2.5 },
  /** Percent. */
  errorRateNormal: { type: 'range', min: 0, max: 10, default: { min: 1, max: 2 } },
  /** Percent. */
  errorRateIncident: { type: 'range', min: 5, max: 90, default: { min: 25, max: 40 } },
  /** One session in this many is kept. */
  sample: { type: 'integer', min: 1, max: 100_000, default: 60 },
  /** Drawn for each run. */
  seed: { type: 'integer', min: 0, max: 4_294_967_295, default: undefined },
} as const;

export type ParameterName = keyof typeof PARAMETERS;

/** Size of the parts that files may be split into, MB. */
export const SPLIT_MB = { min: 1, max: 2000 } as const;

/** Parameters at their defaults; seed and time zone have none. */
export const DEFAULT_PARAMETERS: Omit<PlanParameters, 'seed' | 'timeZone'> = {
  days: PARAMETERS.days.default,
  incidentsPerDay: PARAMETERS.incidentsPerDay.default,
  baseTps: PARAMETERS.baseTps.default,
  peakMultiplier: PARAMETERS.peakMultiplier.default,
  errorRateNormal: PARAMETERS.errorRateNormal.default,
  errorRateIncident: PARAMETERS.errorRateIncident.default,
  sample: PARAMETERS.sample.default,
  profile: 'demo',
  labelDocuments: false,
};

function range({ min, max }: { readonly min: number; readonly max: number }) {
  const end = number({ min, max });
  return v.pipe(
    object({ min: end, max: end }),
    v.check((ends) => ends.min <= ends.max, 'starts above its end'),
  );
}

const isZone = (timeZone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};

const REQUIRED = {
  days: integer(PARAMETERS.days),
  incidentsPerDay: range(PARAMETERS.incidentsPerDay),
  baseTps: number(PARAMETERS.baseTps),
  peakMultiplier: number(PARAMETERS.peakMultiplier),
  errorRateNormal: range(PARAMETERS.errorRateNormal),
  errorRateIncident: range(PARAMETERS.errorRateIncident),
  sample: integer(PARAMETERS.sample),
  seed: integer(PARAMETERS.seed),
  timeZone: v.pipe(text(), v.check(isZone, 'is not an IANA time zone')),
  profile: oneOf(...PROFILES),
  labelDocuments: flag,
};

/** False for a day such as 30 February, which a date rolls over into March. */
function isInCalendar(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

const demoDay = v.pipe(
  text({
    pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    wanted: 'a day such as 2026-03-14',
  }),
  v.check(isInCalendar, 'is not a day of the calendar'),
);

/** What each parameter may be. */
export const PARAMETER_FIELDS = { ...REQUIRED, demoDay };

const schema = object({ ...REQUIRED, demoDay: v.exactOptional(demoDay) });

/** Throws SchemaError with the path of the first field that does not fit. */
export function checkParameters(value: unknown): asserts value is PlanParameters {
  assertSchema(schema, value);
}
