// One customer's way through the checkout: cart review, payment with its retries, confirmation.
import { backgroundShare } from '../../plan/baseline.ts';
import { HOUR_MS } from '../../plan/durations.ts';
import type { Random } from '../../plan/random.ts';
import {
  CONFIRMING_SHARE,
  GATEWAY_SHARES,
  GATEWAYS,
  MAX_SESSION_MS,
  PAYING_SHARE,
  SERVER_COUNT,
} from '../../plan/shop.ts';
import { MAX_RESPONSE_MS } from '../../plan/timeline.ts';
import type { Plan } from '../../plan/types.ts';
import { ErrorPlaces } from './error-places.ts';
import { codeKey, type OpenQuota } from './open-quota.ts';
import type { Person, Pools, Product } from './pools.ts';
import { simulateRequest } from './request-outcome.ts';
import { newRow, type Row } from './row.ts';
import type { Reading, ShopState } from './shop-state.ts';
import { beforeConfirmation, beforePayment, retryAfterFailure, retryAfterRefusal } from './think.ts';

/** Digit of the step in a document's id; 0 is the cart, 1 to 3 are payments. */
const CONFIRMATION_DIGIT = 4;
const MAX_RETRIES = 2;

/** Cart, payment with its retries, confirmation. */
const MAX_DOCUMENTS = 3 + MAX_RETRIES;

/** Customers give up rather than begin a request so late that it might end after the longest session. */
const LAST_REQUEST_MS = MAX_SESSION_MS - MAX_RESPONSE_MS;

/** Where and when a session starts. */
export interface Start {
  readonly slot: number;
  /** Of the session in its slot. */
  readonly number: number;
  readonly ms: number;
  /** Index into SERVERS; -1 lets the load balancer choose. */
  readonly server: number;
  /** The cart must be answered before this instant, or the session does not fit. */
  readonly answeredBeforeMs: number;
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

/** The customer of a session, and what is bought. */
interface Shopper extends Person {
  product: Product;
}

/** Draws sessions of a plan. What a session does follows from its random stream alone. */
export class SessionMaker {
  /** The documents of the latest session, in order; the rows after them are spare. A row may be exchanged for another one. */
  readonly rows: Row[];
  private readonly plan: Plan;
  private readonly pools: Pools;
  private readonly state: ShopState;
  private readonly places: ErrorPlaces;
  private readonly shopper: Shopper;
  /** What spare rows hold. */
  private readonly reading: Reading;
  private count = 0;
  private server = 0;
  private gateway = 0;
  private hour = -1;
  private background = 0;

  constructor(plan: Plan, pools: Pools, state: ShopState) {
    this.plan = plan;
    this.pools = pools;
    this.state = state;
    this.places = new ErrorPlaces(plan);
    const [product] = pools.products;
    if (!product) throw new RangeError('a shop without products');
    this.shopper = { user: 0, address: 0, agent: 0, place: 0, product };
    state.at(plan.startMs);
    this.reading = state.readingOf(plan.startMs, 0);
    this.rows = Array.from({ length: MAX_DOCUMENTS }, this.spareRow);
  }

  /** A new row. */
  readonly spareRow = (): Row => newRow(this.shopper.product, this.reading);

  /**
   * Draws a session that starts at an instant, at a server or, when that is -1, at one that the load balancer chooses.
   * Returns how many rows hold its documents, or -1 when the session does not fit into the quota.
   */
  draw(start: Start, random: Random, quota?: OpenQuota): number {
    this.count = 0;
    quota?.begin();
    this.state.probes.begin();
    if (this.steps(start, random, quota) && (quota?.keep() ?? true)) return this.count;
    quota?.undo();
    this.state.probes.undo();
    return -1;
  }

  private steps(start: Start, random: Random, quota?: OpenQuota): boolean {
    const { shopper } = this;
    const { people } = this.pools;
    people.read(random.below(people.count), shopper);
    shopper.product = pick(this.pools.products, random);
    const background = this.backgroundAt(start.ms);
    this.gateway = pickShare(GATEWAY_SHARES, 0, GATEWAYS.length, random.next());
    const chance = random.next();
    this.server = start.server >= 0 ? start.server : this.serverAt(start.ms, chance);

    const cart = this.attempt(0, 0, start.ms, random, background, quota);
    if (!cart || cart.ms >= start.answeredBeforeMs) return false;
    this.keep(cart, start, 0);
    if (cart.failure || random.next() >= PAYING_SHARE / (1 - background)) return true;

    const lastMs = start.ms + LAST_REQUEST_MS;
    let ms = cart.ms + beforePayment(random);
    for (let attempt = 0; ; attempt++) {
      if (ms > lastMs) return true;
      const payment = this.attempt(1, attempt, ms, random, background, quota);
      // A retry that does not fit into the quota is not made: the customer gives up.
      if (!payment) return attempt > 0;
      this.keep(payment, start, 1 + attempt);
      ms = payment.ms;
      if (!payment.failure) break;
      const again = random.next() < this.retryChance(payment);
      if (!payment.incidental || attempt >= MAX_RETRIES || !again) return true;
      ms += payment.upstreamMs < 0 ? retryAfterRefusal(random) : retryAfterFailure(attempt, random);
    }
    if (random.next() >= CONFIRMING_SHARE / (1 - background)) return true;
    ms += beforeConfirmation(random);
    if (ms > lastMs) return true;
    const confirmation = this.attempt(2, 0, ms, random, background, quota);
    if (!confirmation) return false;
    this.keep(confirmation, start, CONFIRMATION_DIGIT);
    return true;
  }

  /** Share of requests that fail for the customer's own reasons; constant within an hour. */
  private backgroundAt(ms: number): number {
    const hour = Math.floor(ms / HOUR_MS);
    if (hour !== this.hour) this.background = backgroundShare(this.plan, ms);
    this.hour = hour;
    return this.background;
  }

  private retryChance({ failure, upstreamMs, attempt }: Row): number {
    const { timeline } = this.state;
    if (!timeline || failure?.code === 'DB_CONN_EXHAUSTED' || failure?.code === 'MEMORY_EXHAUSTED') return 0;
    return (upstreamMs < 0 ? timeline.retryRefused : timeline.retryFailed)[attempt] ?? 0;
  }

  private serverAt(ms: number, chance: number): number {
    this.state.at(ms);
    const { timeline } = this.state;
    if (!timeline) return Math.floor(chance * SERVER_COUNT);
    return pickShare(timeline.share, this.state.index(ms, 0), SERVER_COUNT, chance);
  }

  /**
   * Simulates a request in the next spare row, and leaves the state at the instant it ends. Undefined when its failure does
   * not fit into the quota, or not into what the document would show.
   */
  private attempt(
    step: number,
    attempt: number,
    startMs: number,
    random: Random,
    background: number,
    quota?: OpenQuota,
  ): Row | undefined {
    const { state } = this;
    const row = this.rows[this.count];
    if (!row) throw new RangeError(`a session of more than ${MAX_DOCUMENTS} documents`);
    state.at(startMs);
    const { timeline } = state;
    // A restarting server takes no requests: the load balancer sends its sessions to the others.
    if (timeline && timeline.share[state.index(startMs, this.server)] === 0)
      this.server = this.serverAt(startMs, random.next());
    row.step = step;
    row.attempt = attempt;
    row.startMs = startMs;
    row.server = this.server;
    row.gateway = this.gateway;
    row.place = this.shopper.place;
    simulateRequest(row, state, random, background);
    row.ms = startMs + row.responseMs;
    state.at(row.ms);
    if (!quota || !row.incidental || !row.failure) return row;
    const { code } = row.failure;
    const fits = this.places.fit(state, row.ms, row.server, code);
    return fits && quota.take(codeKey(state.incident, code)) ? row : undefined;
  }

  /** Keeps a request as a document of the session; the state is still at the instant it ends. */
  private keep(row: Row, start: Start, digit: number): void {
    const { shopper, state } = this;
    this.count++;
    row.slot = start.slot;
    row.session = start.number;
    row.stepDigit = digit;
    row.user = shopper.user;
    row.address = shopper.address;
    row.agent = shopper.agent;
    row.place = shopper.place;
    row.product = shopper.product;
    row.phase = state.phase;
    row.incident = state.incident;
    row.reading = state.readingOf(row.ms, row.server);
  }
}
