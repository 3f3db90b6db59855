// One minute of data. Any slot can be drawn alone: its stream is keyed by the plan's seed and the minute.
import { READING_MS } from '../../plan/durations.ts';
import { hashText, Random } from '../../plan/random.ts';
import { SERVER_COUNT } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import { keptStarts } from './arrivals.ts';
import { OpenQuota } from './open-quota.ts';
import { poolsOf } from './pools.ts';
import type { Row } from './row.ts';
import { SessionMaker } from './session.ts';
import { ShopState } from './shop-state.ts';
import { type SlotQuota, slotQuotasOf } from './slot-quota.ts';

/** Draws in a row that do not fit, after which a slot is left as it is; a quota asks only for what can occur. */
const MAX_DRAWS = 5000;
const SESSIONS = hashText('sessions');

/** Draws the slots of a plan. */
export class SlotMaker {
  /** The documents of the session drawn last. */
  readonly rows: readonly Row[];
  private readonly plan: Plan;
  private readonly sessionMaker: SessionMaker;
  private readonly random = new Random(0, SESSIONS, 0);

  constructor(plan: Plan) {
    this.plan = plan;
    this.sessionMaker = new SessionMaker(plan, poolsOf(plan.parameters.seed), new ShopState(plan));
    this.rows = this.sessionMaker.rows;
  }

  /** The sessions that start in a slot: of each, how many rows hold its documents. Some of them lie in later slots. */
  *sessions(slot: number): Generator<number> {
    const { plan, random, sessionMaker: walker } = this;
    const startMs = plan.firstSlotMs + slot * plan.slotMs;
    random.reset(plan.parameters.seed, SESSIONS, Math.floor(startMs / plan.slotMs));
    const quota = slotQuotasOf(plan).get(slot);
    if (quota) {
      yield* this.withQuota(slot, startMs, quota);
      return;
    }
    let number = 0;
    for (let tick = startMs / READING_MS; tick < (startMs + plan.slotMs) / READING_MS; tick++)
      for (let server = 0; server < SERVER_COUNT; server++)
        for (let left = keptStarts(plan, tick, server, random); left > 0; left--) {
          const ms = tick * READING_MS + Math.floor(random.next() * READING_MS);
          yield walker.draw(slot, { number: number++, ms, server }, random);
        }
  }

  /** Draws sessions and keeps those that fit, until the quota is used up. */
  private *withQuota(slot: number, startMs: number, { clean, byCode, phases }: SlotQuota): Generator<number> {
    const { plan, random, sessionMaker: walker } = this;
    const quota = new OpenQuota(clean, byCode);
    let number = 0;
    const draw = (fromMs: number, toMs: number, server: number) => {
      const ms = fromMs + Math.floor(random.next() * (toMs - fromMs));
      const count = walker.draw(slot, { number, ms, server }, random, quota);
      if (count >= 0) number++;
      return count;
    };
    for (const { server, fromMs, toMs } of phases) {
      let count = -1;
      for (let tries = 0; tries < MAX_DRAWS && count < 0; tries++) count = draw(fromMs, toMs, server);
      if (count > 0) yield count;
    }
    for (let misses = 0; misses < MAX_DRAWS && !quota.full; ) {
      const count = draw(startMs, startMs + plan.slotMs, -1);
      misses = count >= 0 ? 0 : misses + 1;
      if (count > 0) yield count;
    }
  }
}
