// The load at instants that mostly lie in the same minute: straight between the minutes of loadAt.
import { loadAt } from '../../plan/baseline.ts';
import { MINUTE_MS } from '../../plan/durations.ts';
import type { Plan } from '../../plan/types.ts';

export class LocalDay {
  private readonly plan: Plan;
  private minute = Number.NaN;
  private low = 0;
  private rise = 0;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** Documents a second of all three servers, at the size of the default shop. */
  load(ms: number): number {
    const minute = Math.floor(ms / MINUTE_MS);
    if (minute !== this.minute) this.find(minute);
    return this.low + this.rise * (ms / MINUTE_MS - minute);
  }

  private find(minute: number): void {
    this.minute = minute;
    this.low = loadAt(this.plan, minute * MINUTE_MS);
    this.rise = loadAt(this.plan, (minute + 1) * MINUTE_MS) - this.low;
  }
}
