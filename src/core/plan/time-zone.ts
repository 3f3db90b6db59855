// Local wall-clock time of a zone, as instants in UTC milliseconds. Days may have 23 or 25 hours.
import { Temporal } from 'temporal-polyfill';
import { DAY_MS, MINUTE_MS } from './durations.ts';

/** From this instant until the next entry, local time is UTC plus this much. */
export interface ZoneOffset {
  readonly fromMs: number;
  readonly offsetMs: number;
}

/** The local day of an instant. */
export function dayOf(ms: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** The instant at which a local day begins. */
export function startOfDay(day: Temporal.PlainDate, timeZone: string): number {
  return day.toZonedDateTime({ timeZone }).epochMilliseconds;
}

/** False for a day that a zone has skipped on its way across the date line, as Pacific/Apia did 2011-12-30. */
export function existsIn(day: Temporal.PlainDate, timeZone: string): boolean {
  return dayOf(startOfDay(day, timeZone), timeZone).equals(day);
}

/** The instant at which the local day `YYYY-MM-DD` begins. */
export function midnightOf(day: string, timeZone: string): number {
  return startOfDay(Temporal.PlainDate.from(day), timeZone);
}

/** The instant of a local time. A skipped time means an hour later, a repeated one its first occurrence. */
export function instantOf(day: Temporal.PlainDate, minuteOfDay: number, timeZone: string): number {
  const plainTime = new Temporal.PlainTime(Math.floor(minuteOfDay / 60), minuteOfDay % 60);
  return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

/**
 * The day that presets call today: the chosen one; otherwise today once 14:45 has passed there, so that the whole payment
 * incident lies in the past; otherwise yesterday.
 */
export function demoDayOf(nowMs: number, timeZone: string, chosen: string | undefined): Temporal.PlainDate {
  if (chosen !== undefined) return Temporal.PlainDate.from(chosen);
  const today = dayOf(nowMs, timeZone);
  return nowMs >= instantOf(today, 14 * 60 + 45, timeZone) ? today : today.subtract({ days: 1 });
}

function offsetOf(ms: number, timeZone: string): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  return offsetNanoseconds / 1e6;
}

/** The offsets of a zone over `[fromMs, toMs]`, each change found to the minute by bisection. */
export function zoneOffsets(fromMs: number, toMs: number, timeZone: string): ZoneOffset[] {
  const found = [{ fromMs, offsetMs: offsetOf(fromMs, timeZone) }];
  for (let at = fromMs; at < toMs; at += DAY_MS) {
    const end = at + DAY_MS;
    const before = found.at(-1)?.offsetMs ?? 0;
    const after = offsetOf(end, timeZone);
    if (after === before) continue;
    let low = at;
    let high = end;
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / (2 * MINUTE_MS)) * MINUTE_MS;
      if (offsetOf(middle, timeZone) === before) low = middle;
      else high = middle;
    }
    found.push({ fromMs: high, offsetMs: after });
  }
  return found;
}
