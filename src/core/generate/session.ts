// One customer's way through the checkout: cart review, payment with its retries, confirmation.
import { backgroundShare } from '../plan/background.ts';
import type { Random } from '../plan/random.ts';
import { CONFIRMING, GATEWAY_SHARES, GATEWAYS, PAYING, SERVER_COUNT } from '../plan/shop.ts';
import type { Plan } from '../plan/types.ts';
import type { Conditions } from './conditions.ts';
import { type Customer, documentOf } from './document.ts';
import { type Names, sessionName } from './ids.ts';
import type { Pools } from './pools.ts';
import { codeKey, type Quota } from './quota.ts';
import { fare, type Request } from './request.ts';
import { beforeConfirmation, beforePayment, retryAfterFailure, retryAfterRefusal } from './think.ts';
import type { GeneratedDocument } from './transaction.ts';

/** Digit of the step in a document's id: payments take 1 to 3. */
const CONFIRMATION_DIGIT = 4;
const MOST_RETRIES = 2;

/** Where and when a session starts. */
export interface Start {
  /** Of the session in its slot. */
  readonly number: number;
  readonly ms: number;
  /** Index into SERVERS; -1 lets the balancer choose. */
  readonly server: number;
}

const pick = <T>(items: readonly T[], random: Random): T => items[random.below(items.length)] as T;

/** Index drawn in proportion to shares that add up to 1. */
export function pickShare(shares: ArrayLike<number>, from: number, length: number, chance: number): number {
  let left = chance;
  for (let index = 0; index < length; index++) {
    left -= shares[from + index] ?? 0;
    if (left < 0) return index;
  }
  return length - 1;
}

/** Walks sessions of a plan. What a session does follows from the stream it is given. */
export class Walker {
  private readonly plan: Plan;
  private readonly pools: Pools;
  private readonly conditions: Conditions;
  private readonly request: Request = {
    step: 0,
    server: 0,
    gateway: 0,
    ms: 0,
    attempt: 0,
    responseMs: 0,
    queryMs: -1,
    waitMs: 0,
    upstreamMs: -1,
    cacheHit: -1,
    failure: undefined,
    incidental: false,
  };

  constructor(plan: Plan, pools: Pools, conditions: Conditions) {
    this.plan = plan;
    this.pools = pools;
    this.conditions = conditions;
  }

  /**
   * Appends the documents of a session that starts at an instant, at a server or, when that is -1, at one that the
   * balancer chooses. With a quota the session must fit into it: returns false, and appends nothing, when it does not.
   */
  walk(names: Names, start: Start, random: Random, into: GeneratedDocument[], quota?: Quota): boolean {
    const length = into.length;
    quota?.begin();
    if (this.steps(names, start, random, into, quota) && (quota?.keep() ?? true)) return true;
    quota?.undo();
    into.length = length;
    return false;
  }

  private steps(
    names: Names,
    start: Start,
    random: Random,
    into: GeneratedDocument[],
    quota?: Quota,
  ): boolean {
    const { request } = this;
    const customer: Customer = {
      name: sessionName(names, start.number),
      person: pick(this.pools.people, random),
      product: pick(this.pools.products, random),
    };
    const background = backgroundShare(this.plan, start.ms);
    request.gateway = pickShare(GATEWAY_SHARES, 0, GATEWAYS.length, random.next());
    const chance = random.next();
    request.server = start.server >= 0 ? start.server : this.serverAt(start.ms, chance);

    if (!this.attempt(0, 0, start.ms, random, background, quota)) return false;
    this.write(names, customer, 0, into);
    if (request.failure || random.next() >= PAYING / (1 - background)) return true;

    let ms = start.ms + request.responseMs + beforePayment(random);
    for (let attempt = 0; ; attempt++) {
      // A retry that does not fit into the slot's numbers is not made: the customer gives up.
      if (!this.attempt(1, attempt, ms, random, background, quota)) return attempt > 0;
      this.write(names, customer, 1 + attempt, into);
      if (!request.failure) break;
      const again = random.next() < this.retryChance(attempt);
      if (!request.incidental || attempt >= MOST_RETRIES || !again) return true;
      const pause = request.upstreamMs < 0 ? retryAfterRefusal(random) : retryAfterFailure(attempt, random);
      ms += request.responseMs + pause;
    }
    if (random.next() >= CONFIRMING / (1 - background)) return true;
    ms += request.responseMs + beforeConfirmation(random);
    if (!this.attempt(2, 0, ms, random, background, quota)) return false;
    this.write(names, customer, CONFIRMATION_DIGIT, into);
    return true;
  }

  private retryChance(attempt: number): number {
    const { timeline } = this.conditions;
    const { failure } = this.request;
    if (!timeline || failure?.code === 'DB_CONN_EXHAUSTED' || failure?.code === 'MEMORY_EXHAUSTED') return 0;
    const refused = this.request.upstreamMs < 0;
    return (refused ? timeline.retryRefused : timeline.retryFailed)[attempt] ?? 0;
  }

  private serverAt(ms: number, chance: number): number {
    this.conditions.at(ms);
    const { timeline } = this.conditions;
    if (!timeline) return Math.floor(chance * SERVER_COUNT);
    return pickShare(timeline.share, this.conditions.index(ms, 0), SERVER_COUNT, chance);
  }

  /** One request; false when its failure does not fit into the quota. */
  private attempt(
    step: number,
    attempt: number,
    ms: number,
    random: Random,
    background: number,
    quota?: Quota,
  ) {
    const { request, conditions } = this;
    request.step = step;
    request.attempt = attempt;
    request.ms = ms;
    conditions.at(ms);
    const { timeline } = conditions;
    // A server that restarts takes no requests: the balancer sends its sessions elsewhere.
    if (timeline && timeline.share[conditions.index(ms, request.server)] === 0)
      request.server = this.serverAt(ms, random.next());
    fare(request, conditions, random, background);
    if (!quota || !request.incidental || !request.failure) return true;
    return quota.take(codeKey(conditions.incident, request.failure.code));
  }

  private write(names: Names, customer: Customer, digit: number, into: GeneratedDocument[]): void {
    const { request, plan, conditions } = this;
    if (request.ms >= plan.startMs && request.ms < plan.endMs)
      into.push(documentOf(plan, conditions, request, customer, names, digit));
  }
}
