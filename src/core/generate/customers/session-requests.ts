// The requests of one session: each is simulated where and when the customer makes it, and kept as a document.
import { CLOSED } from '../../plan/models/breaker.ts';
import type { Random } from '../../plan/random.ts';
import { GATEWAY_SHARES, GATEWAYS, SERVER_COUNT } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import { ErrorPlaces } from './error-places.ts';
import { answerAtOnce } from './failed-request.ts';
import { BAD_ADDRESS, type Failure } from './failures.ts';
import { codeKey, type Quota } from './open-quota.ts';
import { simulateRequest } from './request-outcome.ts';
import { newRow, type Row } from './row.ts';
import type { Reading, ShopState } from './shop-state.ts';
import type { Shoppers } from './shoppers.ts';
import { UsualTimes } from './usual-times.ts';

/** What the requests of a plan's sessions need. */
export interface RequestsOf {
  readonly plan: Plan;
  readonly state: ShopState;
  readonly shoppers: Shoppers;
  /** Documents of the longest session. */
  readonly most: number;
}

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

/** Call begin() for each session, then attempt() and keep() for each of its requests. */
export class SessionRequests {
  /** The documents of the latest session, in order; the rows after them are spare. A row may be exchanged for another one. */
  readonly rows: Row[];
  /** How many rows hold documents of the session. */
  count = 0;
  gateway = 0;
  private server = 0;
  private readonly state: ShopState;
  private readonly places: ErrorPlaces;
  private readonly shoppers: Shoppers;
  private readonly times: UsualTimes;
  /** What spare rows hold. */
  private readonly reading: Reading;
  private readonly clock: Plan['sight']['clock'];

  constructor({ plan, state, shoppers, most }: RequestsOf) {
    this.clock = plan.sight.clock;
    this.state = state;
    this.places = new ErrorPlaces(plan);
    this.shoppers = shoppers;
    this.times = new UsualTimes(plan);
    state.at(plan.startMs);
    this.reading = state.readingOf(plan.startMs, 0);
    this.rows = Array.from({ length: most }, this.spareRow);
  }

  /** A new row. */
  readonly spareRow = (): Row => newRow(this.shoppers.shopper.product, this.reading);

  /** The customer of a session draws a gateway and comes to a server. */
  begin(start: Start, random: Random): void {
    this.times.beginSession(random);
    this.gateway = pickShare(GATEWAY_SHARES, 0, GATEWAYS.length, random.next());
    const chance = random.next();
    this.server = start.server >= 0 ? start.server : this.serverAt(start.ms, chance);
  }

  /** Ends a request for the customer's own reasons; an address that is none at all is refused before anything is looked up. */
  failOwn(row: Row, failure: Failure, random: Random): void {
    row.failure = failure;
    if (failure.code !== BAD_ADDRESS.code || random.next() >= NO_ADDRESS) return;
    answerAtOnce(row, random);
    row.ms = row.startMs + row.responseMs;
    this.state.at(row.ms);
  }

  /** After a payment was declined the customer takes another gateway. */
  otherGateway(random: Random): void {
    this.gateway = (this.gateway + 1 + random.below(GATEWAYS.length - 1)) % GATEWAYS.length;
  }

  /** The gateway that a customer pays with: one whose breaker has tripped in passing is not offered. */
  offered(ms: number): number {
    const { gateway } = this;
    if (gateway !== GATEWAYS.length - 1) return gateway;
    this.state.at(ms);
    const tripped = !this.state.timeline && this.state.readingOf(ms, this.server).breaker !== CLOSED;
    return tripped ? 0 : gateway;
  }

  /** How far the clock of a server runs ahead, ms. */
  private ahead(server: number): number {
    return this.clock?.server === server ? this.clock.aheadMs : 0;
  }

  /** When a request ended by the clock of the customers, who may go on at another server. */
  endOf({ ms, server }: Row): number {
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
  attempt(step: number, attempt: number, startMs: number, random: Random, quota?: Quota): Row | undefined {
    const { state } = this;
    const row = this.rows[this.count];
    if (!row) throw new RangeError(`a session of more than ${this.rows.length} documents`);
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
  keep(row: Row, start: Start, digit: number): void {
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
