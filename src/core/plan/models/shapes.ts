// Shapes over time that the causes of incidents follow; seconds since the start of the incident.

/** Rises from 0 to 1 between two seconds. */
export function ramp(second: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (second - from) / (to - from)));
}

/** Falls from 1 to 0 between two seconds, fast at first: the square of what is left. */
export function decay(second: number, from: number, to: number): number {
  return (1 - ramp(second, from, to)) ** 2;
}
