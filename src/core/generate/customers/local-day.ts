// The local day at instants that mostly lie in the same day: the results of curve.ts without its divisions.
import { curveAtMinute, localMinute, scaleRate, shopSize } from '../../plan/curve.ts';
import { DAY_MS, MINUTE_MS } from '../../plan/durations.ts';
import type { Plan } from '../../plan/types.ts';

export class LocalDay {
  private readonly plan: Pick<Plan, 'offsets' | 'parameters'>;
  private readonly size: number;
  private midnightMs = 0;
  private fromMs = 0;
  private toMs = 0;

  constructor(plan: Pick<Plan, 'offsets' | 'parameters'>) {
    this.plan = plan;
    this.size = shopSize(plan.parameters);
  }

  /** The same as loadAt of the plan. */
  load(ms: number): number {
    return scaleRate(curveAtMinute(this.minute(ms)), this.plan.parameters) / this.size;
  }

  private minute(ms: number): number {
    if (ms < this.fromMs || ms >= this.toMs) this.find(ms);
    return (ms - this.midnightMs) / MINUTE_MS;
  }

  /** The day that holds the instant, or the part of it in which the clock is not changed. */
  private find(ms: number): void {
    const { offsets } = this.plan;
    this.midnightMs = ms - Math.round(localMinute(offsets, ms) * MINUTE_MS);
    this.fromMs = this.midnightMs;
    this.toMs = this.midnightMs + DAY_MS;
    for (const { fromMs } of offsets) {
      if (fromMs <= ms) this.fromMs = Math.max(this.fromMs, fromMs);
      else this.toMs = Math.min(this.toMs, fromMs);
    }
  }
}
