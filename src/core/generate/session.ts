// One customer's way through the checkout: cart review, payment with its retries, confirmation.
import { backgroundShare } from '../plan/background.ts';
import { blockAt } from '../plan/curve.ts';
import type { Random } from '../plan/random.ts';
import {
  BALANCERS,
  BREAKER_STATES,
  CONFIRMING,
  CONNECTIONS,
  GATEWAY_SHARES,
  GATEWAYS,
  PAYING,
  SERVER_COUNT,
  SERVERS,
  STEPS,
} from '../plan/shop.ts';
import type { Plan } from '../plan/types.ts';
import type { Conditions } from './conditions.ts';
import { documentId, type Names, sessionName } from './ids.ts';
import type { Person, Pools, Product } from './pools.ts';
import { codeKey, type Quota } from './quota.ts';
import { fare, type Request } from './request.ts';
import { beforeConfirmation, beforePayment, retryAfterFailure, retryAfterRefusal } from './think.ts';
import { type GeneratedDocument, PHASES } from './transaction.ts';

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

interface Customer {
  readonly name: string;
  readonly person: Person;
  readonly product: Product;
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
    const { ms, step, failure } = request;
    if (ms < plan.startMs || ms >= plan.endMs) return;
    const { name, person, product } = customer;
    const gauges = conditions.gaugesOf(ms, request.server);
    const gateway = step === 0 ? undefined : GATEWAYS[request.gateway];
    const called = request.upstreamMs >= 0;
    const incident = conditions.incident;
    const labels = plan.parameters.labelDocuments && incident >= 0;
    into.push({
      id: documentId(names, ms, name, digit),
      ms,
      phase: conditions.phase,
      incident,
      block: blockAt(plan.offsets, ms),
      source: {
        '@timestamp': new Date(ms).toISOString(),
        transaction_id: `txn_${names.key}_${name}${digit}`,
        session_id: `sess_${names.key}_${name}`,
        user_id: person.userId,
        event_type: 'checkout_attempt',
        step: STEPS[step] ?? '',
        status: failure ? 'error' : 'success',
        response_code: failure ? failure.status : 200,
        response_time_ms: request.responseMs,
        error_message: failure?.message,
        error_code: failure?.code,
        payment_gateway: gateway,
        amount: product.price,
        currency: 'USD',
        product_category: product.category,
        product_id: product.id,
        user_agent: person.agent,
        ip_address: person.ip,
        geo_location: person.geo,
        server_instance: SERVERS[request.server] ?? '',
        load_balancer: BALANCERS[person.balancer] ?? '',
        database_query_time_ms: request.queryMs >= 0 ? request.queryMs : undefined,
        cache_hit: request.queryMs >= 0 ? request.cacheHit === 1 : undefined,
        retry_count: request.attempt,
        upstream_service: called && gateway ? `payment-gateway-${gateway}` : undefined,
        upstream_response_time_ms: called ? request.upstreamMs : undefined,
        circuit_breaker_state: BREAKER_STATES[gauges.breaker] ?? 'closed',
        thread_pool_active: gauges.threads,
        memory_usage_percent: gauges.memory,
        cpu_usage_percent: gauges.cpu,
        sample_weight: plan.parameters.sample,
        order_id: step === 0 ? undefined : `ord_${names.key}_${name}`,
        db_pool_active: gauges.poolActive,
        db_pool_max: CONNECTIONS,
        db_pool_pending: gauges.poolPending,
        db_connection_wait_ms: request.waitMs >= 0 ? request.waitMs : undefined,
        gc_pause_ms: gauges.gcMs,
        heap_used_percent: gauges.heap,
        incident_id: labels ? plan.incidents[incident]?.id : undefined,
        phase: plan.parameters.labelDocuments ? PHASES[conditions.phase] : undefined,
      },
    });
  }
}
