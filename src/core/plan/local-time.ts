// Wall-clock time of a zone from the offsets of a plan, without looking into the zone again.
import { DAY_MS, MINUTE_MS } from './durations.ts';
import type { ZoneOffset } from './time-zone.ts';

/** Offset of local time from UTC at an instant, ms. */
function offsetAt(offsets: readonly ZoneOffset[], ms: number): number {
  let offset = offsets[0]?.offsetMs ?? 0;
  for (const entry of offsets) {
    if (entry.fromMs > ms) break;
    offset = entry.offsetMs;
  }
  return offset;
}

/** 1970 began on a Thursday. */
const FIRST_WEEKDAY = 4;

/** Day of the week in local time, 0 for Sunday. */
export function weekdayAt(offsets: readonly ZoneOffset[], ms: number): number {
  const day = Math.floor((ms + offsetAt(offsets, ms)) / DAY_MS);
  return (((day + FIRST_WEEKDAY) % 7) + 7) % 7;
}

/** Minutes since local midnight at an instant, with fractions. */
export function localMinute(offsets: readonly ZoneOffset[], ms: number): number {
  return ((((ms + offsetAt(offsets, ms)) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS;
}

/** The local day of an instant, in days since 1970. */
export const localDayNumber = (offsets: readonly ZoneOffset[], ms: number) =>
  Math.floor((ms + offsetAt(offsets, ms)) / DAY_MS);

/** The instant of local midnight, where the clock is not changed that night. @param day in days since 1970. */
export const midnightOfDay = (offsets: readonly ZoneOffset[], day: number) =>
  day * DAY_MS - offsetAt(offsets, day * DAY_MS);
