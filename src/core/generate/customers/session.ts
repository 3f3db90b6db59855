// One customer's way through the checkout: cart review, payment with its retries, confirmation.
import { backgroundShare } from '../../plan/baseline.ts';
import { HOUR_MS } from '../../plan/durations.ts';
import type { Random } from '../../plan/random.ts';
import { CONFIRMING_SHARE, GATEWAY_SHARES, GATEWAYS, PAYING_SHARE, SERVER_COUNT } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import { codeKey, type OpenQuota } from './open-quota.ts';
import type { Pools } from './pools.ts';
import { simulateRequest } from './request-outcome.ts';
import { copyRequest, newRequest, newRow, type Row, type Shopper } from './row.ts';
import type { ShopState } from './shop-state.ts';
import { beforeConfirmation, beforePayment, retryAfterFailure, retryAfterRefusal } from './think.ts';

/** Digit of the step in a document's id; 0 is the cart, 1 to 3 are payments. */
const CONFIRMATION_DIGIT = 4;
const MAX_RETRIES = 2;

/** Cart, payment with its retries, confirmation. */
const MAX_DOCUMENTS = 3 + MAX_RETRIES;

/** Where and when a session starts. */
export interface Start {
  /** Of the session in its slot. */
  readonly number: number;
  readonly ms: number;
  /** Index into SERVERS; -1 lets the load balancer choose. */
  readonly server: number;
}

const pick = <T>(items: readonly T[], random: Random): T => items[random.below(items.length)] as T;

/** Index drawn in proportion to shares that add up to 1. */
function pickShare(shares: ArrayLike<number>, from: number, length: number, chance: number): number {
  let left = chance;
  for (let index = 0; index < length; index++) {
    left -= shares[from + index] ?? 0;
    if (left < 0) return index;
  }
  return length - 1;
}

/** Draws sessions of a plan. What a session does follows from its random stream alone. */
export class SessionMaker {
  private readonly plan: Plan;
  private readonly pools: Pools;
  private readonly state: ShopState;
  private readonly request = newRequest();
  /** The documents of the latest session, in order; the rows after them are from earlier ones. */
  readonly rows: Row[];
  private count = 0;
  private readonly shopper: Shopper;
  private hour = -1;
  private background = 0;

  constructor(plan: Plan, pools: Pools, state: ShopState) {
    this.plan = plan;
    this.pools = pools;
    this.state = state;
    const [product] = pools.products;
    if (!product) throw new RangeError('a shop without products');
    state.at(plan.startMs);
    const reading = state.readingOf(plan.startMs, 0);
    const person = { user: 0, address: 0, agent: 0, place: 0 };
    this.shopper = { slot: 0, session: 0, person, product };
    this.rows = Array.from({ length: MAX_DOCUMENTS }, () => newRow(this.shopper, reading));
  }

  /**
   * Draws a session that starts at an instant, at a server or, when that is -1, at one that the load balancer chooses.
   * Returns how many rows hold its documents, or -1 when the session does not fit into the quota.
   */
  draw(slot: number, start: Start, random: Random, quota?: OpenQuota): number {
    this.count = 0;
    quota?.begin();
    if (this.steps(slot, start, random, quota) && (quota?.keep() ?? true)) return this.count;
    quota?.undo();
    return -1;
  }

  private steps(slot: number, start: Start, random: Random, quota?: OpenQuota): boolean {
    const { request } = this;
    const { people } = this.pools;
    people.read(random.below(people.count), this.shopper.person);
    const product = pick(this.pools.products, random);
    const background = this.backgroundAt(start.ms);
    request.gateway = pickShare(GATEWAY_SHARES, 0, GATEWAYS.length, random.next());
    const chance = random.next();
    request.server = start.server >= 0 ? start.server : this.serverAt(start.ms, chance);
    this.shopper.slot = slot;
    this.shopper.session = start.number;
    this.shopper.product = product;

    if (!this.attempt(0, 0, start.ms, random, background, quota)) return false;
    this.write(0);
    if (request.failure || random.next() >= PAYING_SHARE / (1 - background)) return true;

    let ms = start.ms + request.responseMs + beforePayment(random);
    for (let attempt = 0; ; attempt++) {
      // A retry that does not fit into the quota is not made: the customer gives up.
      if (!this.attempt(1, attempt, ms, random, background, quota)) return attempt > 0;
      this.write(1 + attempt);
      if (!request.failure) break;
      const again = random.next() < this.retryChance(attempt);
      if (!request.incidental || attempt >= MAX_RETRIES || !again) return true;
      const pause = request.upstreamMs < 0 ? retryAfterRefusal(random) : retryAfterFailure(attempt, random);
      ms += request.responseMs + pause;
    }
    if (random.next() >= CONFIRMING_SHARE / (1 - background)) return true;
    ms += request.responseMs + beforeConfirmation(random);
    if (!this.attempt(2, 0, ms, random, background, quota)) return false;
    this.write(CONFIRMATION_DIGIT);
    return true;
  }

  /** Share of requests that fail for the customer's own reasons; constant within an hour. */
  private backgroundAt(ms: number): number {
    const hour = Math.floor(ms / HOUR_MS);
    if (hour !== this.hour) this.background = backgroundShare(this.plan, ms);
    this.hour = hour;
    return this.background;
  }

  private retryChance(attempt: number): number {
    const { timeline } = this.state;
    const { failure } = this.request;
    if (!timeline || failure?.code === 'DB_CONN_EXHAUSTED' || failure?.code === 'MEMORY_EXHAUSTED') return 0;
    const refused = this.request.upstreamMs < 0;
    return (refused ? timeline.retryRefused : timeline.retryFailed)[attempt] ?? 0;
  }

  private serverAt(ms: number, chance: number): number {
    this.state.at(ms);
    const { timeline } = this.state;
    if (!timeline) return Math.floor(chance * SERVER_COUNT);
    return pickShare(timeline.share, this.state.index(ms, 0), SERVER_COUNT, chance);
  }

  /** Simulates one request; false when its failure does not fit into the quota. */
  private attempt(
    step: number,
    attempt: number,
    ms: number,
    random: Random,
    background: number,
    quota?: OpenQuota,
  ) {
    const { request, state } = this;
    request.step = step;
    request.attempt = attempt;
    request.ms = ms;
    state.at(ms);
    const { timeline } = state;
    // A restarting server takes no requests: the load balancer sends its sessions to the others.
    if (timeline && timeline.share[state.index(ms, request.server)] === 0)
      request.server = this.serverAt(ms, random.next());
    simulateRequest(request, state, random, background);
    if (!quota || !request.incidental || !request.failure) return true;
    return quota.take(codeKey(state.incident, request.failure.code));
  }

  /** Keeps the request as a document when it lies in the data. */
  private write(digit: number): void {
    const { request, shopper, plan, state } = this;
    const { ms, server } = request;
    const row = this.rows[this.count];
    if (!row || ms < plan.startMs || ms >= plan.endMs) return;
    this.count++;
    copyRequest(request, row);
    row.slot = shopper.slot;
    row.session = shopper.session;
    row.product = shopper.product;
    row.phase = state.phase;
    row.incident = state.incident;
    row.stepDigit = digit;
    row.reading = state.readingOf(ms, server);
  }
}
