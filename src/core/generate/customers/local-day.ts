// The load at instants of the same few minutes: straight between the minutes of loadAt.
import { loadAt } from '../../plan/baseline.ts';
import { MINUTE_MS } from '../../plan/durations.ts';
import type { Plan } from '../../plan/types.ts';

/** Minutes in the cache, a power of two: requests of one session lie in several. */
const REMEMBERED = 16;

export class LocalDay {
  private readonly plan: Plan;
  private readonly minutes = new Float64Array(REMEMBERED).fill(Number.NaN);
  private readonly lows = new Float64Array(REMEMBERED);
  private readonly rises = new Float64Array(REMEMBERED);

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** Documents a second of all three servers, at the size of the default shop. */
  load(ms: number): number {
    const minute = Math.floor(ms / MINUTE_MS);
    const place = minute & (REMEMBERED - 1);
    if (this.minutes[place] !== minute) this.find(minute, place);
    return (this.lows[place] ?? 0) + (this.rises[place] ?? 0) * (ms / MINUTE_MS - minute);
  }

  private find(minute: number, place: number): void {
    const low = loadAt(this.plan, minute * MINUTE_MS);
    this.minutes[place] = minute;
    this.lows[place] = low;
    this.rises[place] = loadAt(this.plan, (minute + 1) * MINUTE_MS) - low;
  }
}
