// One minute of data. Any slot can be drawn alone: its stream is keyed by the plan's seed and the minute.
import { trafficAt } from '../plan/curve.ts';
import { hashText, Random } from '../plan/random.ts';
import { DOCUMENTS_PER_SESSION } from '../plan/shop.ts';
import type { Plan } from '../plan/types.ts';
import { Conditions } from './conditions.ts';
import { namesOf } from './ids.ts';
import { poolsOf } from './pools.ts';
import { Walker } from './session.ts';
import type { GeneratedDocument } from './transaction.ts';

const SESSIONS = hashText('sessions');

/** Draws the slots of a plan. */
export class SlotMaker {
  private readonly plan: Plan;
  private readonly walker: Walker;
  private readonly random = new Random(0, SESSIONS, 0);

  constructor(plan: Plan) {
    this.plan = plan;
    this.walker = new Walker(plan, poolsOf(plan.parameters.seed), new Conditions(plan));
  }

  /** The documents of the sessions that start in a slot; some of them lie in later slots. */
  documents(slot: number): GeneratedDocument[] {
    const { plan, random } = this;
    const startMs = plan.firstSlotMs + slot * plan.slotMs;
    random.reset(plan.parameters.seed, SESSIONS, Math.floor(startMs / plan.slotMs));
    const rate = trafficAt(plan, startMs + plan.slotMs / 2) / DOCUMENTS_PER_SESSION;
    const count = random.poisson((rate * plan.slotMs) / 1000 / plan.parameters.sample);
    const names = namesOf(plan.key, slot);
    const documents: GeneratedDocument[] = [];
    for (let number = 0; number < count; number++) {
      const ms = startMs + Math.floor(random.next() * plan.slotMs);
      this.walker.walk(names, number, ms, random, documents);
    }
    return documents;
  }
}
