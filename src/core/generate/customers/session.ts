// One customer's way through the checkout: cart review, payment with its retries, confirmation.
import { backgroundShare } from '../../plan/baseline.ts';
import { HOUR_MS } from '../../plan/durations.ts';
import { CLOSED } from '../../plan/models/breaker.ts';
import type { Random } from '../../plan/random.ts';
import { GATEWAY_SHARES, GATEWAYS, MAX_SESSION_MS, SERVER_COUNT } from '../../plan/shop.ts';
import { MAX_RESPONSE_MS } from '../../plan/timeline.ts';
import type { Plan } from '../../plan/types.ts';
import {
  type CheckoutChances,
  checkoutChances,
  DECLINED_AGAIN,
  OTHER_GATEWAY,
  RETRY_DECLINED,
} from './checkout-chances.ts';
import { ErrorPlaces } from './error-places.ts';
import { answerAtOnce } from './failed-request.ts';
import { BAD_ADDRESS, type Failure } from './failures.ts';
import { Herrings } from './herrings.ts';
import { codeKey, type Quota } from './open-quota.ts';
import { simulateRequest } from './request-outcome.ts';
import { newRow, type Row } from './row.ts';
import type { Reading, ShopState } from './shop-state.ts';
import { Shoppers } from './shoppers.ts';
import {
  beforeConfirmation,
  beforePayment,
  retryAfterDecline,
  retryAfterFailure,
  retryAfterRefusal,
} from './think.ts';
import { UsualTimes } from './usual-times.ts';

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

/** Share of bad addresses that are none at all. */
const NO_ADDRESS = 0.2;

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
  /** The documents of the latest session, in order; the rows after them are spare. A row may be exchanged for another one. */
  readonly rows: Row[];
  private readonly plan: Plan;
  private readonly state: ShopState;
  private readonly places: ErrorPlaces;
  private readonly shoppers: Shoppers;
  private readonly times: UsualTimes;
  private readonly herrings: Herrings;
  /** What spare rows hold. */
  private readonly reading: Reading;
  private readonly clock: Plan['sight']['clock'];
  private count = 0;
  private server = 0;
  private gateway = 0;
  private hour = -1;
  private chances: CheckoutChances = checkoutChances(0);

  constructor(plan: Plan, state: ShopState) {
    this.plan = plan;
    this.clock = plan.sight.clock;
    this.state = state;
    this.places = new ErrorPlaces(plan);
    this.shoppers = new Shoppers(plan);
    this.times = new UsualTimes(plan);
    this.herrings = new Herrings(plan);
    state.at(plan.startMs);
    this.reading = state.readingOf(plan.startMs, 0);
    this.rows = Array.from({ length: MAX_DOCUMENTS }, this.spareRow);
  }

  /** A new row. */
  readonly spareRow = (): Row => newRow(this.shoppers.shopper.product, this.reading);

  /**
   * Draws a session that starts at an instant, at a server or, when that is -1, at one that the load balancer chooses.
   * Returns how many rows hold its documents, or -1 when the session does not fit into the quota.
   * @param again for a session that was kept: where it no longer fits, it ends.
   */
  draw(start: Start, random: Random, quota?: Quota, again = false): number {
    this.count = 0;
    quota?.begin();
    this.state.probes.begin();
    if (this.steps(start, random, quota) && (quota?.keep() ?? true)) return this.count;
    if (again) return this.count;
    quota?.undo();
    this.state.probes.undo();
    return -1;
  }

  private steps(start: Start, random: Random, quota?: Quota): boolean {
    const { shoppers } = this;
    shoppers.draw(start.ms, random);
    this.times.beginSession(random);
    const { background, declined, paying, confirming } = this.chancesAt(start.ms);
    const herring = this.herrings.at(start.ms);
    this.gateway = pickShare(GATEWAY_SHARES, 0, GATEWAYS.length, random.next());
    const chance = random.next();
    this.server = start.server >= 0 ? start.server : this.serverAt(start.ms, chance);

    const cart = this.attempt(0, 0, start.ms, random, quota);
    if (!cart || cart.ms >= start.answeredBeforeMs) return false;
    if (!cart.failure && random.next() < background)
      this.failOwn(cart, shoppers.cartFailure(start.ms, random), random);
    this.keep(cart, start, 0);
    if (cart.failure || random.next() >= paying * (herring?.paying ?? 1)) return true;

    const lastMs = start.ms + LAST_REQUEST_MS - (this.clock?.aheadMs ?? 0);
    let ms = this.endOf(cart) + beforePayment(random);
    let declining = declined + (this.herrings.at(ms)?.declines ?? 0);
    for (let attempt = 0; ; attempt++) {
      if (ms > lastMs) return true;
      this.gateway = this.offered(this.gateway, ms);
      const payment = this.attempt(1, attempt, ms, random, quota);
      // A retry that does not fit into the quota is not made: the customer gives up.
      if (!payment) return attempt > 0;
      const own = !payment.failure && random.next() < declining;
      if (own) payment.failure = shoppers.paymentFailure(random);
      this.keep(payment, start, 1 + attempt);
      ms = this.endOf(payment);
      if (!payment.failure) break;
      if (own) declining = DECLINED_AGAIN;
      const pause = attempt < MAX_RETRIES ? this.pauseAfter(payment, own, random) : undefined;
      if (pause === undefined) return true;
      ms += pause;
    }
    if (random.next() >= confirming) return true;
    ms += beforeConfirmation(random);
    if (ms > lastMs) return true;
    const confirmation = this.attempt(2, 0, ms, random, quota);
    if (!confirmation) return false;
    const own = confirmation.failure ? undefined : shoppers.confirmationFailure(ms, random, background);
    if (own) this.failOwn(confirmation, own, random);
    this.keep(confirmation, start, CONFIRMATION_DIGIT);
    return true;
  }

  /** Ends a request for the customer's own reasons; an address that is none at all is refused before anything is looked up. */
  private failOwn(row: Row, failure: Failure, random: Random): void {
    row.failure = failure;
    if (failure.code !== BAD_ADDRESS.code || random.next() >= NO_ADDRESS) return;
    answerAtOnce(row, random);
    row.ms = row.startMs + row.responseMs;
    this.state.at(row.ms);
  }

  /** The gateway that a customer pays with: one whose breaker has tripped in passing is not offered. */
  private offered(gateway: number, ms: number): number {
    if (gateway !== GATEWAYS.length - 1) return gateway;
    this.state.at(ms);
    const tripped = !this.state.timeline && this.state.readingOf(ms, this.server).breaker !== CLOSED;
    return tripped ? 0 : gateway;
  }

  /** Constant within an hour. */
  private chancesAt(ms: number): CheckoutChances {
    const hour = Math.floor(ms / HOUR_MS);
    if (hour !== this.hour) this.chances = checkoutChances(backgroundShare(this.plan, ms));
    this.hour = hour;
    return this.chances;
  }

  /** Time until a failed payment is tried again, ms; undefined when it is not. @param own for the customer's own reasons. */
  private pauseAfter(payment: Row, own: boolean, random: Random): number | undefined {
    if (own) {
      if (random.next() >= RETRY_DECLINED) return undefined;
      if (random.next() < OTHER_GATEWAY)
        this.gateway = (this.gateway + 1 + random.below(GATEWAYS.length - 1)) % GATEWAYS.length;
      return retryAfterDecline(random);
    }
    // What failed in passing the service tries again itself.
    if (payment.incidental && random.next() >= this.retryChance(payment)) return undefined;
    return payment.upstreamMs < 0 ? retryAfterRefusal(random) : retryAfterFailure(payment.attempt, random);
  }

  private retryChance({ failure, upstreamMs, attempt }: Row): number {
    const { timeline } = this.state;
    if (!timeline || failure?.code === 'DB_CONN_EXHAUSTED' || failure?.code === 'MEMORY_EXHAUSTED') return 0;
    return (upstreamMs < 0 ? timeline.retryRefused : timeline.retryFailed)[attempt] ?? 0;
  }

  /** How far the clock of a server runs ahead, ms. */
  private ahead(server: number): number {
    return this.clock?.server === server ? this.clock.aheadMs : 0;
  }

  /** When a request ended by the clock of the customers, who may go on at another server. */
  private endOf({ ms, server }: Row): number {
    return ms - this.ahead(server);
  }

  private serverAt(ms: number, chance: number): number {
    this.state.at(ms);
    const { timeline } = this.state;
    if (!timeline) return Math.floor(chance * SERVER_COUNT);
    return pickShare(timeline.share, this.state.index(ms, 0), SERVER_COUNT, chance);
  }

  /**
   * Simulates a request in the next spare row, by the clock of its server, and leaves the state at the instant it ends.
   * Undefined when its failure does not fit into the quota, or not into what the document would show.
   */
  private attempt(
    step: number,
    attempt: number,
    startMs: number,
    random: Random,
    quota?: Quota,
  ): Row | undefined {
    const { state } = this;
    const row = this.rows[this.count];
    if (!row) throw new RangeError(`a session of more than ${MAX_DOCUMENTS} documents`);
    state.at(startMs);
    const { timeline } = state;
    // A restarting server takes no requests: the load balancer sends its sessions to the others.
    if (timeline && timeline.share[state.index(startMs, this.server)] === 0)
      this.server = this.serverAt(startMs, random.next());
    else if (!timeline && state.readingOf(startMs, this.server).starting)
      this.server = (this.server + 1 + random.below(SERVER_COUNT - 1)) % SERVER_COUNT;
    row.step = step;
    row.attempt = attempt;
    row.startMs = startMs + this.ahead(this.server);
    row.server = this.server;
    row.gateway = this.gateway;
    row.place = this.shoppers.shopper.place;
    simulateRequest(row, state, this.times, random);
    row.ms = row.startMs + row.responseMs;
    state.at(row.ms);
    if (!quota || !row.incidental || !row.failure) return row;
    const { code } = row.failure;
    const fits = this.places.fit(state, row.ms, row.server, code);
    return fits && quota.take(codeKey(state.incident, code), row.ms) ? row : undefined;
  }

  /** Keeps a request as a document of the session; the state is still at the instant it ends. */
  private keep(row: Row, start: Start, digit: number): void {
    const { state } = this;
    const { shopper } = this.shoppers;
    this.count++;
    row.slot = start.slot;
    row.session = start.number;
    row.stepDigit = digit;
    row.user = shopper.user;
    row.address = shopper.address;
    row.agent = shopper.agent;
    row.place = shopper.place;
    row.product = shopper.product;
    row.items = shopper.items;
    row.currency = shopper.currency;
    row.cents = shopper.cents;
    row.phase = state.phase;
    row.incident = state.incident;
    row.reading = state.readingOf(row.ms, row.server);
  }
}
