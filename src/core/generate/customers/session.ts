// One customer's way through the checkout: cart review, payment with its retries, confirmation.
import { backgroundShare } from '../../plan/baseline.ts';
import { HOUR_MS } from '../../plan/durations.ts';
import type { Random } from '../../plan/random.ts';
import { MAX_SESSION_MS } from '../../plan/shop.ts';
import { MAX_RESPONSE_MS } from '../../plan/timeline.ts';
import type { Plan } from '../../plan/types.ts';
import {
  type CheckoutChances,
  checkoutChances,
  DECLINED_AGAIN,
  OTHER_GATEWAY,
  RETRY_DECLINED,
} from './checkout-chances.ts';
import { Herrings } from './herrings.ts';
import type { Quota } from './open-quota.ts';
import type { Row } from './row.ts';
import { SessionRequests, type Start } from './session-requests.ts';
import type { ShopState } from './shop-state.ts';
import { Shoppers } from './shoppers.ts';
import {
  beforeConfirmation,
  beforePayment,
  retryAfterDecline,
  retryAfterFailure,
  retryAfterRefusal,
} from './think.ts';

/** Digit of the step in a document's id; 0 is the cart, 1 to 3 are payments. */
const CONFIRMATION_DIGIT = 4;
const MAX_RETRIES = 2;

/** Cart, payment with its retries, confirmation. */
const MAX_DOCUMENTS = 3 + MAX_RETRIES;

/** Customers give up rather than begin a request so late that it might end after the longest session. */
const LAST_REQUEST_MS = MAX_SESSION_MS - MAX_RESPONSE_MS;

/** Draws sessions of a plan. What a session does follows from its random stream alone. */
export class SessionMaker {
  private readonly plan: Plan;
  private readonly state: ShopState;
  private readonly shoppers: Shoppers;
  private readonly herrings: Herrings;
  private readonly requests: SessionRequests;
  private hour = -1;
  private chances: CheckoutChances = checkoutChances(0);

  constructor(plan: Plan, state: ShopState) {
    this.plan = plan;
    this.state = state;
    this.shoppers = new Shoppers(plan);
    this.herrings = new Herrings(plan);
    const { shoppers } = this;
    this.requests = new SessionRequests({ plan, state, shoppers, most: MAX_DOCUMENTS });
  }

  /** The documents of the latest session, in order; the rows after them are spare. A row may be exchanged for another one. */
  get rows(): Row[] {
    return this.requests.rows;
  }

  /** A new row. */
  get spareRow(): () => Row {
    return this.requests.spareRow;
  }

  /**
   * Draws a session that starts at an instant, at a server or, when that is -1, at one that the load balancer chooses.
   * Returns how many rows hold its documents, or -1 when the session does not fit into the quota.
   * @param again for a session that was kept: where it no longer fits, it ends.
   */
  draw(start: Start, random: Random, quota?: Quota, again = false): number {
    const { requests } = this;
    requests.count = 0;
    quota?.begin();
    this.state.probes.begin();
    if (this.steps(start, random, quota) && (quota?.keep() ?? true)) return requests.count;
    if (again) return requests.count;
    quota?.undo();
    this.state.probes.undo();
    return -1;
  }

  private steps(start: Start, random: Random, quota?: Quota): boolean {
    const { shoppers, requests } = this;
    shoppers.draw(start.ms, random);
    const { background, declined, paying, confirming } = this.chancesAt(start.ms);
    const herring = this.herrings.at(start.ms);
    requests.begin(start, random);

    const cart = requests.attempt(0, 0, start.ms, random, quota);
    if (!cart || cart.ms >= start.answeredBeforeMs) return false;
    if (!cart.failure && random.next() < background)
      requests.failOwn(cart, shoppers.cartFailure(start.ms, random), random);
    requests.keep(cart, start, 0);
    if (cart.failure || random.next() >= paying * (herring?.paying ?? 1)) return true;

    const lastMs = start.ms + LAST_REQUEST_MS - (this.plan.sight.clock?.aheadMs ?? 0);
    let ms = requests.endOf(cart) + beforePayment(random);
    let declining = declined + (this.herrings.at(ms)?.declines ?? 0);
    for (let attempt = 0; ; attempt++) {
      if (ms > lastMs) return true;
      requests.gateway = requests.offered(ms);
      const payment = requests.attempt(1, attempt, ms, random, quota);
      // A retry that does not fit into the quota is not made: the customer gives up.
      if (!payment) return attempt > 0;
      const own = !payment.failure && random.next() < declining;
      if (own) payment.failure = shoppers.paymentFailure(random);
      requests.keep(payment, start, 1 + attempt);
      ms = requests.endOf(payment);
      if (!payment.failure) break;
      if (own) declining = DECLINED_AGAIN;
      const pause = attempt < MAX_RETRIES ? this.pauseAfter(payment, own, random) : undefined;
      if (pause === undefined) return true;
      ms += pause;
    }
    if (random.next() >= confirming) return true;
    ms += beforeConfirmation(random);
    if (ms > lastMs) return true;
    const confirmation = requests.attempt(2, 0, ms, random, quota);
    if (!confirmation) return false;
    const own = confirmation.failure ? undefined : shoppers.confirmationFailure(ms, random, background);
    if (own) requests.failOwn(confirmation, own, random);
    requests.keep(confirmation, start, CONFIRMATION_DIGIT);
    return true;
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
      if (random.next() < OTHER_GATEWAY) this.requests.otherGateway(random);
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
}
