// Times of the shop in sentences.
import { DAY_MS, MINUTE_MS } from '../plan/durations.ts';
import { localDayNumber, localMinute } from '../plan/local-time.ts';
import type { ZoneOffset } from '../plan/time-zone.ts';

/** `14:05`, in the zone of the shop; the next minute where seconds are left. */
export function localTimeText(offsets: readonly ZoneOffset[], ms: number): string {
  const minute = Math.ceil(localMinute(offsets, ms)) % 1440;
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `14:05 to 14:35`, with days where it is more than one: `Wed 25 Nov 02:35 to Fri 27 Nov 20:43`; seconds are cut. */
export function localSpanText(offsets: readonly ZoneOffset[], fromMs: number, toMs: number): string {
  const [fromDay, toDay] = [localDayNumber(offsets, fromMs), localDayNumber(offsets, toMs)];
  if (fromDay === toDay) return `${cutTime(offsets, fromMs)} to ${cutTime(offsets, toMs)}`;
  return `${localMomentText(offsets, fromMs)} to ${localMomentText(offsets, toMs)}`;
}

/** `Wed 25 Nov 02:35`; seconds are cut. */
export function localMomentText(offsets: readonly ZoneOffset[], ms: number): string {
  return `${dayText(localDayNumber(offsets, ms))} ${cutTime(offsets, ms)}`;
}

const cutTime = (offsets: readonly ZoneOffset[], ms: number) =>
  localTimeText(offsets, Math.floor(ms / MINUTE_MS) * MINUTE_MS);

/** `Wed 25 Nov`. @param day in days since 1970 */
function dayText(day: number): string {
  const [weekday = '', date, month] = new Date(day * DAY_MS).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${Number(date)} ${month}`;
}
