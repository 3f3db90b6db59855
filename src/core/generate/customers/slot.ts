// The sessions that start in one minute. Their stream is keyed by the plan's seed and the minute; only the probes of a
// half-open breaker pass from one minute to the next.

import { markerPlace } from '../../documents/markers.ts';
import { READING_MS } from '../../plan/durations.ts';
import { hashText, Random } from '../../plan/random.ts';
import { MAX_SESSION_MS, SERVER_COUNT } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import { type Arrivals, type KeepSession, keptStarts } from './arrivals.ts';
import { MoreSessions } from './more-sessions.ts';
import { DecidedQuota, OpenQuota } from './open-quota.ts';
import type { Row } from './row.ts';
import { SessionMaker } from './session.ts';
import type { Start } from './session-requests.ts';
import { ShopState } from './shop-state.ts';
import { type SlotQuota, slotQuotasOf } from './slot-quota.ts';

/** Draws in a row that do not fit, after which a slot is left as it is; a quota asks only for what can occur. */
const MAX_DRAWS = 50_000;
const SESSIONS = hashText('sessions');

/** Draws the sessions of a plan, slot by slot. */
export class SlotMaker {
  /** Makes a row to exchange one for. */
  readonly spareRow: () => Row;
  private readonly plan: Plan;
  private readonly keep: KeepSession;
  private readonly sessions: SessionMaker;
  private readonly state: ShopState;
  private readonly random = new Random(0, SESSIONS, 0);
  private readonly more: MoreSessions;
  /** Draws sessions by a plan that held before, see draw(); made on first use. */
  private readonly makers = new Map<Plan, SlotMaker>();
  private readonly again: Again | undefined;

  constructor(plan: Plan, keep: KeepSession, again?: Again) {
    this.again = again;
    this.plan = plan;
    this.keep = keep;
    this.state = new ShopState(plan);
    this.more = new MoreSessions(plan, keep);
    this.sessions = new SessionMaker(plan, this.state);
    this.spareRow = this.sessions.spareRow;
  }

  /** The first slot to draw, so that the documents that end in a slot, and those after it, are those of the whole plan. */
  firstFor(slot: number): number {
    const { firstSlotMs, slotMs } = this.plan;
    const reachMs = firstSlotMs + slot * slotMs - MAX_SESSION_MS;
    const decidedMs = Math.min(...this.plans().map((maker) => maker.state.probes.decidedFrom(reachMs)));
    return Math.max(0, Math.floor((decidedMs - firstSlotMs) / slotMs));
  }

  /**
   * Draws the sessions that start in a slot; some of their documents end in later slots. Yields the instant before which no
   * session to come can have a document, as soon as there is a later one: what waits to be put in order stays in the cache.
   */
  *draw(slot: number): Generator<number> {
    const { plan, random } = this;
    const startMs = plan.firstSlotMs + slot * plan.slotMs;
    const earlier = this.earlierFor(startMs);
    if (earlier) {
      yield* earlier.draw(slot);
      return;
    }
    random.reset(plan.parameters.seed, SESSIONS, Math.floor(startMs / plan.slotMs));
    const quota = slotQuotasOf(plan).get(slot);
    if (quota) {
      this.withQuota(slot, startMs, quota);
      yield startMs + plan.slotMs;
      return;
    }
    const { sample } = plan.parameters;
    const usual = { number: 0, sample, random, keep: this.keep };
    const all = [usual, ...this.more.of(startMs)];
    for (let fromMs = startMs; fromMs < startMs + plan.slotMs; fromMs += READING_MS) {
      for (const arrivals of all) this.reading(slot, fromMs, arrivals);
      yield fromMs + READING_MS;
    }
  }

  /** Draws the sessions that start in the ten seconds of a reading. */
  private reading(slot: number, fromMs: number, arrivals: Arrivals): void {
    const { random } = arrivals;
    for (let server = 0; server < SERVER_COUNT; server++)
      for (let left = keptStarts(this.plan, fromMs / READING_MS, server, arrivals); left > 0; left--) {
        const ms = fromMs + Math.floor(random.next() * READING_MS);
        const start = {
          slot,
          number: arrivals.number++,
          ms,
          server,
          answeredBeforeMs: Number.POSITIVE_INFINITY,
        };
        this.session(start, arrivals);
      }
  }

  /** This one, and those of the plans that held before. */
  private plans(): SlotMaker[] {
    return [this, ...(this.plan.earlier ?? []).map(({ untilMs, plan }) => this.makerOf(plan, untilMs))];
  }

  private makerOf(plan: Plan, untilMs: number): SlotMaker {
    const known = this.makers.get(plan);
    if (known) return known;
    const made = new SlotMaker(plan, this.keep, new Again(this.sessions, untilMs));
    this.makers.set(plan, made);
    return made;
  }

  /**
   * The maker for a minute whose sessions reach an incident that was started or ended by hand. It draws each session by the
   * plan of that time, so that the random stream stays the same, and then again by the plan that holds now.
   */
  private earlierFor(startMs: number): SlotMaker | undefined {
    const { slotMs } = this.plan;
    const change = this.plan.earlier?.find(({ untilMs }) => untilMs >= startMs);
    if (!change || change.untilMs >= startMs + slotMs + MAX_SESSION_MS) return undefined;
    return this.makerOf(change.plan, change.untilMs);
  }

  /** Keeps the markers that lie in a slot. */
  mark(slot: number): void {
    const { plan, state } = this;
    const startMs = plan.firstSlotMs + slot * plan.slotMs;
    for (const [index, marker] of plan.markers.entries()) {
      const { ms } = marker;
      if (ms < startMs || ms >= startMs + plan.slotMs) continue;
      state.at(ms);
      const { phase, incident } = state;
      const place = markerPlace(plan, index);
      this.keep([{ ...this.spareRow(), ...place, startMs: ms, phase, incident, marker }], 1);
    }
  }

  /** Draws one session; false when it does not fit into the quota. */
  private session(
    start: Start,
    { random, keep }: Pick<Arrivals, 'random' | 'keep'>,
    quota?: OpenQuota,
  ): boolean {
    const { sessions, again } = this;
    again?.from(random);
    const count = sessions.draw(start, random, quota);
    if (again && count >= 0) {
      again.draw(start, keep, quota);
      return true;
    }
    const lastMs = sessions.rows[count - 1]?.ms ?? start.ms;
    if (lastMs - start.ms > MAX_SESSION_MS) throw new RangeError('a session longer than MAX_SESSION_MS');
    if (count > 0) keep(sessions.rows, count);
    return count >= 0;
  }

  /** Draws sessions and keeps those that fit, until the quota is used up. */
  private withQuota(slot: number, startMs: number, { clean, byCode, phases }: SlotQuota): void {
    const { plan, random } = this;
    const quota = new OpenQuota(clean, byCode);
    let number = 0;
    const usual = { random, keep: this.keep };
    const fits = (fromMs: number, toMs: number, server: number, answeredBeforeMs: number) => {
      const ms = fromMs + Math.floor(random.next() * (toMs - fromMs));
      const kept = this.session({ slot, number, ms, server, answeredBeforeMs }, usual, quota);
      if (kept) number++;
      return kept;
    };
    for (const { server, fromMs, toMs } of phases)
      for (let tries = 0; tries < MAX_DRAWS && !fits(fromMs, toMs, server, toMs); ) tries++;
    for (let misses = 0; misses < MAX_DRAWS && !quota.full; )
      misses = fits(startMs, startMs + plan.slotMs, -1, Number.POSITIVE_INFINITY) ? 0 : misses + 1;
  }
}

/** Draws the sessions of an earlier plan again, from the same place of the stream, by the plan that holds now. */
class Again {
  private readonly sessions: SessionMaker;
  private readonly quota: DecidedQuota;
  private readonly random = new Random(0, SESSIONS, 0);

  constructor(sessions: SessionMaker, untilMs: number) {
    this.sessions = sessions;
    this.quota = new DecidedQuota(untilMs);
  }

  /** Where the next session begins in the stream. */
  from(random: Random): void {
    this.random.follow(random);
  }

  draw(start: Start, keep: KeepSession, quota: OpenQuota | undefined): void {
    const free = { ...start, answeredBeforeMs: Number.POSITIVE_INFINITY };
    if (quota) this.quota.follow(quota);
    const count = this.sessions.draw(free, this.random, quota && this.quota, true);
    if (count > 0) keep(this.sessions.rows, count);
  }
}
