// Which versions of browsers are current on a day, from the pace at which each is released.
import { DAY_MS } from '../../plan/durations.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

/** A version that came out on a known day, and the days from one to the next. */
interface Pace {
  readonly version: number;
  readonly ms: number;
  readonly everyDays: number;
}

const versionAt = ({ version, ms, everyDays }: Pace, at: number) =>
  version + Math.floor((at - ms) / (everyDays * DAY_MS));

/** Every four weeks, with pauses at the end of the year: 100 in March 2022, 140 in September 2025. */
const CHROME: Pace = { version: 140, ms: day('2025-09-02'), everyDays: 31.3 };
/** Every four weeks: 100 in May 2022, 140 in June 2025. */
const FIREFOX: Pace = { version: 140, ms: day('2025-06-24'), everyDays: 28.7 };
/** Twice a year or so. */
const SAMSUNG: Pace = { version: 28, ms: day('2025-04-15'), everyDays: 155 };

export const chromeAt = (ms: number) => versionAt(CHROME, ms);
export const firefoxAt = (ms: number) => versionAt(FIREFOX, ms);

/** Samsung Internet, and the Chrome it is built from. */
export function samsungAt(ms: number): { readonly version: number; readonly chrome: number } {
  const version = versionAt(SAMSUNG, ms);
  return { version, chrome: 130 + 5 * (version - 28) };
}

/** The extended support release of Firefox: 115, 128, 140, then every thirteenth, in use from three versions later on. */
export function firefoxSupportedAt(ms: number): number {
  const stable = firefoxAt(ms) - 3;
  if (stable < 140) return stable < 128 ? 115 : 128;
  return 140 + 13 * Math.floor((stable - 140) / 13);
}

export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** Days from a year's major release in the middle of September to its minor ones. */
const SAFARI_MINORS = [0, 40, 88, 130, 195, 240, 315];

/** Safari and iOS: a major version each September, 18 in 2024, then by the year to come (26 in 2025), and six minor ones. */
export function safariAt(ms: number): Version {
  const september = (year: number) => day(`${year}-09-16`);
  const thisYear = new Date(ms).getUTCFullYear();
  const year = ms >= september(thisYear) ? thisYear : thisYear - 1;
  const days = (ms - september(year)) / DAY_MS;
  const minor = SAFARI_MINORS.filter((at) => at <= days).length - 1;
  return { major: year < 2025 ? year - 2006 : year - 1999, minor: Math.max(0, minor) };
}

/** The last version of the major one `back` years before the current one. */
export function olderSafariAt(ms: number, back: number): Version {
  const { major } = safariAt(ms - back * 365 * DAY_MS);
  return { major, minor: 6 };
}
