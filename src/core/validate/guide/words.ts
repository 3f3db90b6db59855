// Numbers and times as the guide writes them. Each is one number of an answer, rounded for people.
import { grouped, secondsText } from '../../../text/numbers.ts';

/** `693 ms`, `8.9 s`, `30 s`. */
export function duration(ms: number): string {
  return ms < 999.5 ? `${grouped(ms)} ms` : `${secondsText(ms)} s`;
}

/** `$6,123`. */
export const dollars = (amount: number) => `$${grouped(amount)}`;

/** `14:25`, and `14:25:31` with seconds, in the zone of the shop. */
export function clock(ms: number, timeZone: string, seconds = false): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit' },
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(ms);
}

/** `Tuesday, November 24, 2026`. */
export function dayText(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  }).format(ms);
}

/** `stripe 65, paypal 2 and square 1`. */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

export const capitalized = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
