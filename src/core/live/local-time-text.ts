// Times of the shop in sentences.
import { localMinute } from '../plan/local-time.ts';
import type { ZoneOffset } from '../plan/time-zone.ts';

/** `14:05`, in the zone of the shop; the next minute where seconds are left. */
export function localTimeText(offsets: readonly ZoneOffset[], ms: number): string {
  const minute = Math.ceil(localMinute(offsets, ms)) % 1440;
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
