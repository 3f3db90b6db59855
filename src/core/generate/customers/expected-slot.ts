// What the sessions that start in a slot meet, in expectation: the same checkout as in session.ts, with every branch
// weighted by its chance instead of drawn.
import { meanLatencyMs } from '../../plan/baseline.ts';
import { trafficAt } from '../../plan/curve.ts';
import { OPEN } from '../../plan/models/breaker.ts';
import {
  ACQUIRE_TIMEOUT_MS,
  FAILURE_CODE,
  GATEWAY_ERROR,
  QUICK_FAILURE_MS,
  RETRY_FAILED_MS,
  RETRY_REFUSED_MS,
} from '../../plan/models/call-times.ts';
import {
  BALANCERS,
  balancerShare,
  CONFIRMING_SHARE,
  DOCUMENTS_PER_SESSION,
  GATEWAY_SHARES,
  PAYING_SHARE,
  SERVER_COUNT,
} from '../../plan/shop.ts';
import { READING_S, type Timeline } from '../../plan/timeline.ts';
import type { Plan } from '../../plan/types.ts';
import { ErrorPlaces } from './error-places.ts';
import { codeKey } from './open-quota.ts';
import type { ShopState } from './shop-state.ts';
import { CONFIRMATION_WAIT_MS, PAYMENT_WAITS_MS } from './think.ts';

export interface ExpectedSlot {
  /** Sessions without an incident's error. */
  clean: number;
  /** Errors by codeKey. */
  readonly byCode: Map<number, number>;
}

const STARTS = 6;

/** Sums up the sessions of slots; it moves the given state. */
export class SlotExpectation {
  private readonly plan: Plan;
  private readonly state: ShopState;
  private readonly places: ErrorPlaces;
  private slot: ExpectedSlot = { clean: 0, byCode: new Map() };

  constructor(plan: Plan, state: ShopState) {
    this.plan = plan;
    this.state = state;
    this.places = new ErrorPlaces(plan);
  }

  of(slotStartMs: number): ExpectedSlot {
    const { plan, state } = this;
    this.slot = { clean: 0, byCode: new Map() };
    const stepMs = plan.slotMs / STARTS;
    for (let start = 0; start < STARTS; start++) {
      const ms = slotStartMs + (start + 0.5) * stepMs;
      const perSecond = trafficAt(plan, ms) / DOCUMENTS_PER_SESSION / plan.parameters.sample;
      state.at(ms);
      const t = state.timeline;
      const second = t ? Math.floor((ms - t.startMs) / 1000) : 0;
      const sessions = (perSecond * stepMs * (t?.admitted[second] ?? 1)) / 1000;
      for (let server = 0; server < SERVER_COUNT; server++) {
        const share = t ? (t.share[second * SERVER_COUNT + server] ?? 0) : 1 / SERVER_COUNT;
        if (share > 0) this.session(ms, server, sessions * share);
      }
    }
    return this.slot;
  }

  /** Counts errors where their documents, which end at an instant, may show them. */
  private error(code: string, weight: number, endMs: number, server: number): void {
    if (!this.places.fit(this.state, endMs, server, code)) return;
    const key = codeKey(this.state.incident, code);
    this.slot.byCode.set(key, (this.slot.byCode.get(key) ?? 0) + weight);
  }

  private session(ms: number, server: number, weight: number): void {
    const served = weight * this.host(ms, server, weight);
    this.slot.clean += served * (1 - PAYING_SHARE);
    const answered = this.endMs(ms, server);
    const paying = (served * PAYING_SHARE) / PAYMENT_WAITS_MS.length;
    for (const wait of PAYMENT_WAITS_MS) this.payment(answered + wait, server, paying);
  }

  private payment(ms: number, server: number, weight: number): void {
    this.state.at(ms);
    const gateway = this.state.timeline?.gateway ?? -1;
    const balancer = BALANCERS[this.state.timeline?.balancer ?? -1];
    const share = gateway < 0 ? 0 : (GATEWAY_SHARES[gateway] ?? 0) * balancerShare(balancer);
    const elsewhere = weight * (1 - share);
    const others = elsewhere * this.host(ms, server, elsewhere);
    const first = share > 0 ? this.call(ms, server, weight * share, 0) : 0;
    const later = this.endMs(ms, server) + CONFIRMATION_WAIT_MS;
    const confirming = (others + first) * CONFIRMING_SHARE;
    this.slot.clean +=
      (others + first) * (1 - CONFIRMING_SHARE) + confirming * this.host(later, server, confirming);
  }

  /** Calls to the failing gateway, and their retries. Returns the weight that works. */
  private call(ms: number, server: number, weight: number, attempt: number): number {
    this.state.at(ms);
    const t = this.state.timeline;
    if (!t || weight < 1e-9) return weight;
    const i = this.state.index(ms, server);
    const refused = weight * (t.refused[i] ?? 0);
    const failed = (weight - refused) * (t.callFails[i] ?? 0);
    const bad = (weight - refused - failed) * (t.callBad[i] ?? 0);
    if (refused > 0) this.error(refusalCode(t, i), refused, ms, server);
    if (failed > 0) this.error(FAILURE_CODE[t.callFailure], failed, ms + t.failMs, server);
    if (bad > 0) this.error(GATEWAY_ERROR, bad, ms + QUICK_FAILURE_MS, server);
    if (attempt < 2) {
      const again = t.retryFailed[attempt] ?? 0;
      this.call(ms + RETRY_REFUSED_MS, server, refused * (t.retryRefused[attempt] ?? 0), attempt + 1);
      this.call(ms + t.failMs + RETRY_FAILED_MS, server, failed * again, attempt + 1);
      this.call(ms + QUICK_FAILURE_MS + RETRY_FAILED_MS, server, bad * again, attempt + 1);
    }
    return weight - refused - failed - bad;
  }

  /** Share of requests that the server itself can serve; the others are counted as errors. */
  private host(ms: number, server: number, weight: number): number {
    this.state.at(ms);
    const t = this.state.timeline;
    if (!t) return 1;
    const i = this.state.index(ms, server);
    const starved = t.starved[i] ?? 0;
    const exhausted = (1 - starved) * (t.outOfMemory[i] ?? 0);
    if (starved > 0) this.error('DB_CONN_EXHAUSTED', weight * starved, ms + ACQUIRE_TIMEOUT_MS, server);
    if (exhausted > 0) this.error('MEMORY_EXHAUSTED', weight * exhausted, this.endMs(ms, server), server);
    return 1 - starved - exhausted;
  }

  /** When a request of an instant is answered, on average. */
  private endMs(ms: number, server: number): number {
    return ms + this.responseMs(ms, server);
  }

  private responseMs(ms: number, server: number): number {
    const usual = meanLatencyMs(this.state.load(ms));
    this.state.at(ms);
    const t = this.state.timeline;
    if (!t) return usual;
    const i = this.state.index(ms, server);
    return usual * (t.own[i] ?? 1) + (t.stallChance[i] ?? 0) * (t.stallMs[i] ?? 0) + (t.waitMs[i] ?? 0);
  }
}

function refusalCode(t: Timeline, i: number): string {
  const reading = Math.floor(i / SERVER_COUNT / READING_S) * SERVER_COUNT + (i % SERVER_COUNT);
  return t.breaker[reading] === OPEN ? 'CIRCUIT_BREAKER_OPEN' : GATEWAY_ERROR;
}
