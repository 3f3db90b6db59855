// Finds the setting at which a model gives a wanted result.

/** How near a window's error rate must come to its target. */
export const TOLERANCE = 0.006;

export interface Search {
  readonly low: number;
  readonly high: number;
  /** Where the result usually is: with a good guess one call is enough. */
  readonly guess: number;
  readonly tolerance: number;
}

const MAX_CALLS = 9;

/**
 * A setting in [low, high] at which a rising function gives `wanted`, within a tolerance; an edge where it cannot.
 * False position with halved weights (Illinois), from the guess and the edge on the other side of the answer.
 */
export function settingFor(f: (setting: number) => number, wanted: number, search: Search): number {
  const { low, high, guess, tolerance } = search;
  const first = f(guess) - wanted;
  if (Math.abs(first) <= tolerance) return guess;
  const edge = first < 0 ? high : low;
  const last = f(edge) - wanted;
  if (Math.abs(last) <= tolerance || first * last > 0) return edge;
  let [a, atA] = first < 0 ? [guess, first] : [edge, last];
  let [b, atB] = first < 0 ? [edge, last] : [guess, first];
  let side = 0;
  let middle = a;
  for (let calls = 2; calls < MAX_CALLS; calls++) {
    middle = (a * atB - b * atA) / (atB - atA);
    const value = f(middle) - wanted;
    if (Math.abs(value) <= tolerance) return middle;
    if (value < 0) {
      [a, atA] = [middle, value];
      if (side === -1) atB /= 2;
      side = -1;
    } else {
      [b, atB] = [middle, value];
      if (side === 1) atA /= 2;
      side = 1;
    }
  }
  return middle;
}
