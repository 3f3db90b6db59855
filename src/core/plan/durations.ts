// Lengths of time, in milliseconds.
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Gauges are read every ten seconds, on the ten seconds of UTC. */
export const READING_MS = 10_000;

/** Minutes since midnight of `HH:MM`. */
export function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** The whole second that an instant lies in, ms. */
export const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;
