// The daily traffic curve: transactions per second over local wall-clock time.

import { DAY_MS, MINUTE_MS } from './durations.ts';
import type { PlanBasis, PlanParameters } from './parameters.ts';
import type { ZoneOffset } from './time-zone.ts';

/**
 * Local hour and transactions per second at base 20 and peak 2.5; straight lines between.
 * Each point lies in the range of its part of the day (DAY_PARTS).
 */
const POINTS: readonly (readonly [hour: number, tps: number])[] = [
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

/** The curve at each minute of the local day, and at its end. */
const CURVE = Float64Array.from({ length: MINUTES + 1 }, (_, minute) => pointAt(minute / 60));

function pointAt(hour: number): number {
  const next = POINTS.findIndex(([at]) => at >= hour);
  const [toHour, to] = POINTS[next] ?? [24, 10];
  const [fromHour, from] = POINTS[next - 1] ?? [0, to];
  return toHour === fromHour ? to : from + ((to - from) * (hour - fromHour)) / (toHour - fromHour);
}

/**
 * Transactions per second where the default curve has `tps`: up to 20 it is in proportion to the base,
 * above 20 the peak multiplier stretches it (2.5 leaves it as it is, 1 makes it flat).
 */
export function scaleRate(tps: number, { baseTps, peakMultiplier }: PlanParameters): number {
  return tps <= 20 ? (baseTps * tps) / 20 : baseTps * (1 + ((tps / 20 - 1) * (peakMultiplier - 1)) / 1.5);
}

/** Offset of local time from UTC at an instant, ms. */
function offsetAt(offsets: readonly ZoneOffset[], ms: number): number {
  let offset = offsets[0]?.offsetMs ?? 0;
  for (const entry of offsets) {
    if (entry.fromMs > ms) break;
    offset = entry.offsetMs;
  }
  return offset;
}

/** Minutes since local midnight at an instant, with fractions. */
export function localMinute(offsets: readonly ZoneOffset[], ms: number): number {
  return ((((ms + offsetAt(offsets, ms)) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS;
}

/** The curve at an instant, at base 20 and peak 2.5. */
export function curveAt(offsets: readonly ZoneOffset[], ms: number): number {
  return curveAtMinute(localMinute(offsets, ms));
}

/** The curve at a minute of the local day, with fractions. */
export function curveAtMinute(minute: number): number {
  const index = Math.floor(minute);
  const low = CURVE[index] ?? 10;
  return low + (minute - index) * ((CURVE[index + 1] ?? low) - low);
}

/** Transactions per second before sampling at an instant, as if there were no incidents. */
export function trafficAt(plan: Pick<PlanBasis, 'offsets' | 'parameters'>, ms: number): number {
  return scaleRate(curveAt(plan.offsets, ms), plan.parameters);
}

/**
 * Size of the shop relative to the default one: the ratio of their rates in business hours. The models run at the size of
 * the default shop, whose servers have 100 threads and 10 connections; a bigger shop has the same servers, only more of
 * them behind each name, and gauges are reported for one.
 */
export function shopSize(parameters: PlanParameters): number {
  return scaleRate(USUAL_TPS, parameters) / USUAL_TPS;
}
