// What red herrings do at instants that lie close together: asked for each request, looked up once for ten seconds.
import { READING_MS } from '../../plan/durations.ts';
import { type HerringEffect, herringAt } from '../../plan/red-herrings.ts';
import type { Plan } from '../../plan/types.ts';

/** Readings in the cache, a power of two. */
const REMEMBERED = 64;

export class Herrings {
  private readonly plan: Plan;
  private readonly ticks = new Float64Array(REMEMBERED).fill(Number.NaN);
  private readonly effects: (HerringEffect | undefined)[] = new Array(REMEMBERED).fill(undefined);

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** What goes on at an instant; undefined when nothing does. */
  at(ms: number): HerringEffect | undefined {
    if (this.plan.parameters.profile !== 'graded') return undefined;
    const tick = Math.floor(ms / READING_MS);
    const place = tick & (REMEMBERED - 1);
    if (this.ticks[place] !== tick) {
      this.ticks[place] = tick;
      this.effects[place] = herringAt(this.plan, tick * READING_MS);
    }
    return this.effects[place];
  }
}
