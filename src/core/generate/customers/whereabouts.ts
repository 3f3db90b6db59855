// Where the customers of an hour are: each place follows the clock on its own wall, while all of them add up to the shop's
// curve. That curve already rises and falls with most places, so a place adds the square root of its own.
import { curveAt } from '../../plan/curve.ts';
import { MINUTE_MS } from '../../plan/durations.ts';
import { type ZoneOffset, zoneOffsets } from '../../plan/time-zone.ts';
import type { Plan } from '../../plan/types.ts';
import { PLACES, ZONES } from './places.ts';

/** Shares are redrawn this often. */
const STEP_MS = 10 * MINUTE_MS;

/** Draws places for instants that mostly lie close together. */
export class Whereabouts {
  private readonly clocks: readonly (readonly ZoneOffset[])[];
  /** Running sums of the places' weights in the current ten minutes. */
  private readonly sums = new Float64Array(PLACES.length);
  private step = Number.NaN;

  constructor({ firstSlotMs, endMs }: Pick<Plan, 'firstSlotMs' | 'endMs'>) {
    this.clocks = ZONES.map((zone) => zoneOffsets(firstSlotMs, endMs, zone));
  }

  /** Index into PLACES of a customer who comes at an instant. @param chance uniform in [0, 1). */
  at(ms: number, chance: number): number {
    const step = Math.floor(ms / STEP_MS);
    if (step !== this.step) this.weigh(step);
    const { sums } = this;
    const wanted = chance * (sums[PLACES.length - 1] ?? 0);
    let [from, to] = [0, PLACES.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sums[middle] ?? 0) > wanted) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  private weigh(step: number): void {
    this.step = step;
    const rates = this.clocks.map((offsets) => Math.sqrt(curveAt(offsets, step * STEP_MS)));
    let sum = 0;
    for (const [index, { weight, zone }] of PLACES.entries()) {
      sum += weight * (rates[zone] ?? 0);
      this.sums[index] = sum;
    }
  }
}
