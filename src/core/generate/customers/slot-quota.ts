// Exact numbers. Sampling keeps one session in N; around an incident the sample is stratified, so that the index holds
// what a preset promises to the document. Each slot gets a number of sessions without the incident's errors, and a number
// of errors of each code: exactly as many as the plan says, shared among the slots by chance and the model's expectation.
import { shopSize } from '../../plan/curve.ts';
import { MINUTE_MS } from '../../plan/durations.ts';
import { LEAD_MS } from '../../plan/make-plan.ts';
import { INCIDENT_CODES } from '../../plan/models/registry.ts';
import { stream } from '../../plan/random.ts';
import { simulate } from '../../plan/simulate.ts';
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
/** A slot with less than this share gets half of what is expected: the probes of a breaker are counted, and soon used up. */
const PROBES_ONLY = 0.1;
/** A slot with fewer sessions has no room for one that shows a state of a breaker. */
const MIN_SESSIONS = 3;

/** The slots near incidents of a plan, in order, and what their sessions are expected to meet. */
interface Slots {
  readonly plan: Plan;
  readonly incidents: readonly Incident[];
  readonly numbers: readonly number[];
  readonly expected: ReadonlyMap<number, ExpectedSlot>;
  readonly quotas: Map<number, SlotQuota>;
}

const memo = new WeakMap<Plan, ReadonlyMap<number, SlotQuota>>();

/** The quotas of a plan by slot; slots out of reach of an incident have none. */
export function slotQuotasOf(plan: Plan): ReadonlyMap<number, SlotQuota> {
  const known = memo.get(plan);
  if (known) return known;
  const slots = slotsNearIncidents(plan);
  shareCleanSessions(slots);
  for (const [index, incident] of slots.incidents.entries()) {
    if (incident.live !== undefined) continue;
    for (const code of INCIDENT_CODES) shareErrors(slots, incident, code, codeKey(index, code));
    planBreakerPhases(slots, incident);
  }
  memo.set(plan, slots.quotas);
  return slots.quotas;
}

const slotOf = ({ firstSlotMs, slotMs }: Plan, ms: number) => Math.floor((ms - firstSlotMs) / slotMs);

function slotsNearIncidents(plan: Plan): Slots {
  const expectation = new SlotExpectation(plan, new ShopState(plan));
  const expected = new Map<number, ExpectedSlot>();
  const quotas = new Map<number, SlotQuota>();
  const incidents = [...plan.incidents, ...plan.upcoming];
  for (const { startMs, recoveredMs, live } of incidents) {
    // What was started by hand came unforeseen: its sessions are left to chance.
    if (live !== undefined) continue;
    for (let slot = slotOf(plan, startMs) - LEAD_SLOTS; slot <= slotOf(plan, recoveredMs); slot++) {
      if (expected.has(slot)) continue;
      expected.set(slot, expectation.of(plan.firstSlotMs + slot * plan.slotMs));
      quotas.set(slot, { clean: 0, byCode: new Map(), phases: [] });
    }
  }
  const numbers = [...expected.keys()].sort((a, b) => a - b);
  return { plan, incidents, numbers, expected, quotas };
}

/**
 * Sessions without an error begin by chance, as all others do. In the window of a preset their number is what the model
 * expects, so that the share that fails is as promised, and chance decides when each begins.
 */
function shareCleanSessions({ plan, incidents, numbers, expected, quotas }: Slots): void {
  const { seed } = plan.parameters;
  const clean = (slot: number) => expected.get(slot)?.clean ?? 0;
  for (const slot of numbers) {
    const minute = plan.firstSlotMs / plan.slotMs + slot;
    const quota = quotas.get(slot);
    if (quota) quota.clean = stream(seed, 'clean sessions', minute).poisson(clean(slot));
  }
  for (const { preset, startMs, endMs } of incidents) {
    if (preset === null) continue;
    const window = numbers.filter(
      (slot) => slot >= slotOf(plan, startMs) - 1 && slot <= slotOf(plan, endMs - 1),
    );
    let total = 0;
    const sums = window.map((slot) => {
      total += clean(slot);
      return total;
    });
    for (const slot of window) setClean(quotas, slot, 0);
    const random = stream(seed, 'clean sessions of a preset', Math.floor(startMs / 1000));
    for (let session = Math.round(total); session > 0; session--) {
      const slot = window[placeOf(sums, random.next() * total)] ?? 0;
      setClean(quotas, slot, (quotas.get(slot)?.clean ?? 0) + 1);
    }
  }
}

function setClean(quotas: ReadonlyMap<number, SlotQuota>, slot: number, clean: number): void {
  const quota = quotas.get(slot);
  if (quota) quota.clean = clean;
}

/**
 * Shares the errors of one code of an incident among the slots: as many as the plan says, each in a slot drawn by what the
 * model expects there.
 */
function shareErrors(slots: Slots, incident: Incident, code: string, key: number): void {
  const { plan, numbers, expected, quotas } = slots;
  const all = numbers.map((slot) => expected.get(slot)?.byCode.get(key) ?? 0);
  const most = Math.max(0, ...all);
  if (most === 0) return;
  let total = 0;
  const sums = all.map((weight) => {
    total += weight < most * NEGLIGIBLE ? 0 : weight < most * PROBES_ONLY ? weight / 2 : weight;
    return total;
  });
  const promised = code === 'PAYMENT_TIMEOUT' ? promisedTimeouts(plan, incident) : undefined;
  const simulated = simulate(plan, incident).totals.allErrors[code] ?? 0;
  const wanted = promised ?? Math.round((simulated * shopSize(plan.parameters)) / plan.parameters.sample);
  const random = stream(plan.parameters.seed, `errors ${code}`, Math.floor(incident.startMs / 1000));
  for (let error = 0; error < wanted; error++) {
    const byCode = quotas.get(numbers[placeOf(sums, random.next() * total)] ?? 0)?.byCode;
    byCode?.set(key, (byCode.get(key) ?? 0) + 1);
  }
}

/** Index of the first of rising sums that is above a value. */
function placeOf(sums: readonly number[], value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sessions that show every state of every breaker; a sample too coarse for that leaves states out. */
function planBreakerPhases({ plan, quotas }: Slots, incident: Incident): void {
  for (const phase of breakerPhasesOf(plan, incident)) {
    const slot = slotOf(plan, phase.fromMs);
    const quota = quotas.get(slot);
    if (!quota || expectedSessions(plan, slot) < MIN_SESSIONS) continue;
    quota.phases.push(phase);
    quota.clean = Math.max(quota.clean, quota.phases.length);
  }
}
