// The traffic curve: transactions per second over local wall-clock time, by day of the week, and how it wanders.

import { MINUTE_MS } from './durations.ts';
import { localMinute, weekdayAt } from './local-time.ts';
import type { PlanBasis, PlanParameters } from './parameters.ts';
import { herringAt } from './red-herrings.ts';
import type { ZoneOffset } from './time-zone.ts';
import { type Wander, wanderAt } from './wander.ts';

type Points = readonly (readonly [hour: number, tps: number])[];

/** Monday to Thursday: local hour and transactions per second at base 20 and peak 2.5; straight lines between. */
const WORKDAY: Points = [
  [0, 10],
  [5 + 50 / 60, 10],
  [6 + 10 / 60, 15],
  [9, 30],
  [12, 40],
  [12.75, 50],
  [13.25, 50],
  [14, 40],
  [15.5, 35],
  [17, 42],
  [18.5, 60],
  [19 + 50 / 60, 42],
  [20 + 5 / 60, 20],
  [24, 10],
];

/** People go out in the evening and shop late. */
const FRIDAY: Points = [
  ...WORKDAY.filter(([hour]) => hour <= 17),
  [18.25, 53],
  [19 + 50 / 60, 43],
  [20 + 5 / 60, 20],
  [22.5, 18],
  [24, 10],
];

/** Later mornings, an even afternoon, a flat evening. */
const SATURDAY: Points = [
  [0, 10],
  [5 + 50 / 60, 10],
  [6 + 10 / 60, 15],
  [8, 17],
  [9, 26],
  [10.5, 35],
  [12, 39],
  [13.5, 48],
  [14, 43],
  [15, 44.5],
  [17, 42.5],
  [18.5, 48],
  [19 + 50 / 60, 42],
  [20 + 5 / 60, 20],
  [22.5, 17],
  [24, 10],
];

/** The latest morning, a quiet noon, and an evening before the week begins. */
const SUNDAY: Points = [
  [0, 10],
  [5 + 50 / 60, 10],
  [6 + 10 / 60, 15],
  [8, 15.5],
  [9, 25],
  [11, 31],
  [12, 35.5],
  [13, 42],
  [14, 40],
  [15.5, 38],
  [17, 42],
  [18, 52],
  [19 + 50 / 60, 47],
  [20 + 5 / 60, 20],
  [22, 13],
  [24, 10],
];

/** Sunday first. Each point lies in the range of its part of the day (DAY_PARTS). */
const WEEK: readonly Points[] = [SUNDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, FRIDAY, SATURDAY];

/** What weather, campaigns and chance do to the rate: its logarithm wanders by 4 %, for 40 minutes at a time. */
const RATE_WANDER: Wander = { sd: 0.04, tauMs: 40 * MINUTE_MS, salt: 1 };

/**
 * The parts of the local day in hours, each with the range of its traffic at base 20 and peak 2.5. Within ten minutes of
 * a boundary traffic moves from one range to the next.
 */
export const DAY_PARTS = [
  { name: '00-06', fromHour: 0, toHour: 6, min: 10, max: 10 },
  { name: '06-09', fromHour: 6, toHour: 9, min: 15, max: 30 },
  { name: '09-12', fromHour: 9, toHour: 12, min: 25, max: 40 },
  { name: '12-14', fromHour: 12, toHour: 14, min: 35, max: 50 },
  { name: '14-17', fromHour: 14, toHour: 17, min: 30, max: 45 },
  { name: '17-20', fromHour: 17, toHour: 20, min: 40, max: 60 },
  { name: '20-24', fromHour: 20, toHour: 24, min: 10, max: 20 },
] as const;

/** A usual rate in business hours at base 20 and peak 2.5, which the shop's servers are sized for. */
const USUAL_TPS = 40;

const MINUTES = 1440;

/** The curve at each minute of the local day, and at its end; by day of the week, Sunday first. */
const CURVES = WEEK.map((points) =>
  Float64Array.from({ length: MINUTES + 1 }, (_, minute) => pointAt(points, minute / 60)),
);

function pointAt(points: Points, hour: number): number {
  const next = points.findIndex(([at]) => at >= hour);
  const [toHour, to] = points[next] ?? [24, 10];
  const [fromHour, from] = points[next - 1] ?? [0, to];
  return toHour === fromHour ? to : from + ((to - from) * (hour - fromHour)) / (toHour - fromHour);
}

/**
 * Transactions per second where the default curve has `tps`: up to 20 it is in proportion to the base,
 * above 20 the peak multiplier stretches it (2.5 leaves it as it is, 1 makes it flat).
 */
export function scaleRate(tps: number, { baseTps, peakMultiplier }: PlanParameters): number {
  return tps <= 20 ? (baseTps * tps) / 20 : baseTps * (1 + ((tps / 20 - 1) * (peakMultiplier - 1)) / 1.5);
}

/** The curve at an instant, at base 20 and peak 2.5. */
export function curveAt(offsets: readonly ZoneOffset[], ms: number): number {
  return curveAtMinute(weekdayAt(offsets, ms), localMinute(offsets, ms));
}

/** The curve at a minute of the local day, with fractions. @param weekday 0 for Sunday. */
function curveAtMinute(weekday: number, minute: number): number {
  const curve = CURVES[weekday];
  const index = Math.floor(minute);
  const low = curve?.[index] ?? 10;
  return low + (minute - index) * ((curve?.[index + 1] ?? low) - low);
}

/**
 * Transactions per second before sampling that are expected at an instant, as if there were no incidents: the curve of the
 * day, and how this seed's rate wanders about it.
 */
export function trafficAt(
  { offsets, parameters }: Pick<PlanBasis, 'offsets' | 'parameters'>,
  ms: number,
): number {
  const curve = scaleRate(curveAt(offsets, ms), parameters);
  const crowd = herringAt({ offsets, parameters }, ms).traffic;
  return curve * crowd * Math.exp(wanderAt(parameters.seed, RATE_WANDER, ms));
}

/**
 * Size of the shop relative to the default one: the ratio of their rates in business hours. The models run at the size of
 * the default shop, whose servers have 100 threads and 10 connections; a bigger shop has the same servers, only more of
 * them behind each name, and gauges are reported for one.
 */
export function shopSize(parameters: PlanParameters): number {
  return scaleRate(USUAL_TPS, parameters) / USUAL_TPS;
}
