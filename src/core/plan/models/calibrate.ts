// Finds the setting of a model at which it gives what is asked for.

/** How near a window's error rate must come to its target. */
export const TOLERANCE = 0.006;

/**
 * A setting in [low, high] at which a rising function gives `wanted`; an edge where it cannot. False position with
 * halved weights (Illinois), which keeps the answer between bounds; stops within `tolerance` or after `tries` calls.
 */
export function settingFor(
  f: (setting: number) => number,
  wanted: number,
  { low, high, tolerance, tries = 8 }: { low: number; high: number; tolerance: number; tries?: number },
): number {
  let [a, b] = [low, high];
  let atA = f(a) - wanted;
  if (atA >= -tolerance) return a;
  let atB = f(b) - wanted;
  if (atB <= tolerance) return b;
  let side = 0;
  let middle = a;
  for (let n = 2; n < tries; n++) {
    middle = (a * atB - b * atA) / (atB - atA);
    const value = f(middle) - wanted;
    if (Math.abs(value) <= tolerance) return middle;
    if (value < 0) {
      a = middle;
      atA = value;
      if (side === -1) atB /= 2;
      side = -1;
    } else {
      b = middle;
      atB = value;
      if (side === 1) atA /= 2;
      side = 1;
    }
  }
  return middle;
}
