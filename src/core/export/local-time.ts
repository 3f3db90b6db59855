// Instants as the clocks of the shop show them.
import { Temporal } from 'temporal-polyfill';

const zoned = (ms: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);

/** `2026-03-14 14:25:00`; parts of a second are left out. */
export function localTime(ms: number, timeZone: string): string {
  const { year, month, day, hour, minute, second } = zoned(ms, timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** The half hour of local clocks that holds an instant: its first instant, ms. */
export function halfHourOf(ms: number, timeZone: string): number {
  const { minute, second, millisecond } = zoned(ms, timeZone);
  return ms - (minute % 30) * 60_000 - second * 1000 - millisecond;
}

export const HALF_HOUR_MS = 1_800_000;
