// How many sessions start in each minute.
import { trafficAt } from '../../plan/curve.ts';
import { hashText, Random } from '../../plan/random.ts';
import { DOCUMENTS_PER_SESSION } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';

const ARRIVALS = hashText('arrivals');
/** Minutes of a stratum. */
const STRATUM = 10;

/** Sessions of a slot after sampling, in expectation, as if there were no incidents. */
export function expectedSessions(plan: Plan, slot: number): number {
  const middleMs = plan.firstSlotMs + (slot + 0.5) * plan.slotMs;
  const rate = trafficAt(plan, middleMs) / DOCUMENTS_PER_SESSION;
  return (rate * plan.slotMs) / 1000 / plan.parameters.sample;
}

/** Above this mean a Poisson count is drawn as a rounded normal one, which is as good there and takes one draw. */
const LARGE = 500;

/**
 * Session starts are a Poisson process with a stratified sample: of every ten minutes exactly the sampled share of sessions
 * is kept, spread over the minutes at random in proportion to their rates. Counts per second vary like those of a Poisson
 * process, also in a sample, while the traffic of a longer span is right within a few percent even in a coarse sample.
 */
export class Arrivals {
  private readonly plan: Plan;
  private readonly random = new Random(0, ARRIVALS, 0);
  private stratum = -1;
  private readonly counts = new Uint32Array(STRATUM);
  private readonly rates = new Float64Array(STRATUM);

  constructor(plan: Plan) {
    this.plan = plan;
  }

  countOf(slot: number): number {
    const stratum = Math.floor(slot / STRATUM);
    if (stratum !== this.stratum) this.fill(stratum);
    return this.counts[slot % STRATUM] ?? 0;
  }

  private fill(stratum: number): void {
    const { plan, random, counts, rates } = this;
    this.stratum = stratum;
    const firstMs = plan.firstSlotMs + stratum * STRATUM * plan.slotMs;
    random.reset(plan.parameters.seed, ARRIVALS, Math.floor(firstMs / plan.slotMs));
    let sum = 0;
    for (let at = 0; at < STRATUM; at++) {
      rates[at] = expectedSessions(plan, stratum * STRATUM + at);
      sum += rates[at] ?? 0;
    }
    counts.fill(0);
    const all = sum * plan.parameters.sample;
    const started = all > LARGE ? all + Math.sqrt(all) * random.normal() : random.poisson(all);
    const total = Math.floor(started / plan.parameters.sample + random.next());
    for (let session = 0; session < total; session++) {
      let left = random.next() * sum;
      let at = 0;
      while (at < STRATUM - 1 && left >= (rates[at] ?? 0)) left -= rates[at++] ?? 0;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
}
