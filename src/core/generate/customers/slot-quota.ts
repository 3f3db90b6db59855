// Exact numbers. Sampling keeps one session in N; around an incident it keeps a stratified sample, so that what a
// preset promises is in the index to the document: for each slot a number of sessions that meet none of the incident's
// errors, and a number of errors of each code. Numbers come from the model's expectation by cumulative allocation:
// a slot gets floor(N · C(end)) − floor(N · C(start)), so that they add up to N exactly and have the model's shape.
import { shopSize } from '../../plan/curve.ts';
import { LEAD_MS } from '../../plan/make-plan.ts';
import { INCIDENT_CODES } from '../../plan/models/registry.ts';
import { noise, stream } from '../../plan/random.ts';
import { simulate } from '../../plan/simulate.ts';
import { MINUTE_MS } from '../../plan/time.ts';
import { promisedTimeouts } from '../../plan/timeout-promise.ts';
import type { Incident, Plan } from '../../plan/types.ts';
import { expectedSessions } from './arrivals.ts';
import { type BreakerPhase, breakerPhasesOf } from './breaker-phases.ts';
import { type ExpectedSlot, SlotExpectation } from './expected-slot.ts';
import { codeKey } from './open-quota.ts';
import { ShopState } from './shop-state.ts';

/** What the sessions that start in a slot must come to. */
export interface SlotQuota {
  clean: number;
  readonly byCode: Map<number, number>;
  /** Sessions that start at a given place and time, so that every state of every breaker is seen. */
  phases: BreakerPhase[];
}

/** Slots before an incident whose sessions may still be under way when it begins. */
const LEAD_SLOTS = LEAD_MS / MINUTE_MS;
/** A slot with less than this share of the busiest slot's errors gets none: they would be hard to find in it. */
const NEGLIGIBLE = 0.02;
/** A slot with fewer sessions has no room for one that shows a state of a breaker. */
const MIN_SESSIONS = 3;

/** The quotas of a plan by slot; slots out of reach of an incident have none. */
export function slotQuotasOf(plan: Plan): ReadonlyMap<number, SlotQuota> {
  const known = memo.get(plan);
  if (known) return known;
  const expectation = new SlotExpectation(plan, new ShopState(plan));
  const expected = new Map<number, ExpectedSlot>();
  const quotas = new Map<number, SlotQuota>();
  const slotOf = (ms: number) => Math.floor((ms - plan.firstSlotMs) / plan.slotMs);
  const incidents = [...plan.incidents, ...plan.upcoming];
  for (const { startMs, recoveredMs } of incidents) {
    for (let slot = slotOf(startMs) - LEAD_SLOTS; slot < slotOf(recoveredMs); slot++) {
      if (expected.has(slot)) continue;
      expected.set(slot, expectation.of(plan.firstSlotMs + slot * plan.slotMs));
      quotas.set(slot, { clean: 0, byCode: new Map(), phases: [] });
    }
  }
  const slots = [...expected.keys()].sort((a, b) => a - b);
  shareCleanSessions(plan, slots, expected, quotas);
  for (const [index, incident] of incidents.entries()) {
    for (const code of INCIDENT_CODES) shareErrors(plan, incident, index, code, slots, expected, quotas);
    for (const phase of breakerPhasesOf(plan, incident)) {
      const slot = slotOf(phase.fromMs);
      const quota = quotas.get(slot);
      // A sample this coarse cannot show every state.
      if (!quota || expectedSessions(plan, slot) < MIN_SESSIONS) continue;
      quota.phases.push(phase);
      quota.clean = Math.max(quota.clean, quota.phases.length);
    }
  }
  memo.set(plan, quotas);
  return quotas;
}

const memo = new WeakMap<Plan, ReadonlyMap<number, SlotQuota>>();

/** In an incident's window the number is as even as it can be; elsewhere it is a Poisson draw. */
function shareCleanSessions(
  plan: Plan,
  slots: readonly number[],
  expected: ReadonlyMap<number, ExpectedSlot>,
  quotas: ReadonlyMap<number, SlotQuota>,
): void {
  let sum = 0;
  for (const slot of slots) {
    const ms = plan.firstSlotMs + slot * plan.slotMs;
    const incident = [...plan.incidents, ...plan.upcoming].find(
      ({ startMs, endMs }) => ms >= startMs && ms < endMs,
    );
    const clean = expected.get(slot)?.clean ?? 0;
    const quota = quotas.get(slot);
    if (!quota) continue;
    if (incident?.startMs === ms) sum = noise(plan.parameters.seed, 55, Math.floor(ms / plan.slotMs));
    quota.clean = incident
      ? Math.floor(sum + clean) - Math.floor(sum)
      : stream(plan.parameters.seed, 'clean sessions', Math.floor(ms / plan.slotMs)).poisson(clean);
    sum += clean;
  }
}

function shareErrors(
  plan: Plan,
  incident: Incident,
  index: number,
  code: string,
  slots: readonly number[],
  expected: ReadonlyMap<number, ExpectedSlot>,
  quotas: ReadonlyMap<number, SlotQuota>,
): void {
  const key = codeKey(index, code);
  const all = slots.map((slot) => expected.get(slot)?.byCode.get(key) ?? 0);
  const most = Math.max(0, ...all);
  if (most === 0) return;
  const weights = all.map((weight) => (weight < most * NEGLIGIBLE ? 0 : weight));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const promised = code === 'PAYMENT_TIMEOUT' ? promisedTimeouts(plan, incident) : undefined;
  const simulated = simulate(plan, incident).totals.allErrors[code] ?? 0;
  const wanted = promised ?? Math.round((simulated * shopSize(plan.parameters)) / plan.parameters.sample);
  let sum = 0;
  slots.forEach((slot, at) => {
    const before = Math.floor((wanted * sum) / total + 1e-9);
    sum += weights[at] ?? 0;
    const count = Math.floor((wanted * sum) / total + 1e-9) - before;
    if (count > 0) quotas.get(slot)?.byCode.set(key, count);
  });
}
