// One minute of data. Any slot can be drawn alone: its stream is keyed by the plan's seed and the minute.
import { hashText, Random } from '../plan/random.ts';
import type { Plan } from '../plan/types.ts';
import { type Allotment, allotmentsOf } from './allotment.ts';
import { Arrivals } from './arrivals.ts';
import { Conditions } from './conditions.ts';
import { type Names, namesOf } from './ids.ts';
import { poolsOf } from './pools.ts';
import { Quota } from './quota.ts';
import { Walker } from './session.ts';
import type { GeneratedDocument } from './transaction.ts';

/** Draws in a row that fit nothing, after which a slot is left as it is; numbers are only asked where they occur. */
const MOST_DRAWS = 5000;
const SESSIONS = hashText('sessions');

/** Draws the slots of a plan. */
export class SlotMaker {
  private readonly plan: Plan;
  private readonly walker: Walker;
  private readonly arrivals: Arrivals;
  private readonly random = new Random(0, SESSIONS, 0);

  constructor(plan: Plan) {
    this.plan = plan;
    this.arrivals = new Arrivals(plan);
    this.walker = new Walker(plan, poolsOf(plan.parameters.seed), new Conditions(plan));
  }

  /** The documents of the sessions that start in a slot; some of them lie in later slots. */
  documents(slot: number): GeneratedDocument[] {
    const { plan, random } = this;
    const startMs = plan.firstSlotMs + slot * plan.slotMs;
    random.reset(plan.parameters.seed, SESSIONS, Math.floor(startMs / plan.slotMs));
    const names = namesOf(plan.key, slot);
    const allotment = allotmentsOf(plan).get(slot);
    if (allotment) return this.allotted(names, startMs, allotment);
    const documents: GeneratedDocument[] = [];
    const count = this.arrivals.countOf(slot);
    for (let number = 0; number < count; number++) {
      const ms = startMs + Math.floor(random.next() * plan.slotMs);
      this.walker.walk(names, { number, ms, server: -1 }, random, documents);
    }
    return documents;
  }

  /** Draws sessions and keeps those that fit, until the slot's numbers are reached. */
  private allotted(names: Names, startMs: number, { clean, byCode, visits }: Allotment): GeneratedDocument[] {
    const { plan, random, walker } = this;
    const documents: GeneratedDocument[] = [];
    const quota = new Quota(clean, byCode);
    let number = 0;
    const draw = (fromMs: number, toMs: number, server: number) => {
      const ms = fromMs + Math.floor(random.next() * (toMs - fromMs));
      const fits = walker.walk(names, { number, ms, server }, random, documents, quota);
      if (fits) number++;
      return fits;
    };
    for (const { server, fromMs, toMs } of visits)
      for (let tries = 0; tries < MOST_DRAWS && !draw(fromMs, toMs, server); tries++);
    for (let misses = 0; misses < MOST_DRAWS && !quota.full; )
      misses = draw(startMs, startMs + plan.slotMs, -1) ? 0 : misses + 1;
    return documents;
  }
}
