// What ended before somebody started an incident, or ended one, is the same with and without it.
import { describe, expect, it } from 'vitest';
import { generateDocuments } from '../../../../src/core/generate/index.ts';
import { makePlan, type Plan, type PlanParameters } from '../../../../src/core/plan/index.ts';
import { SEVERITIES } from '../../../../src/core/plan/labels.ts';
import type { LiveStart } from '../../../../src/core/plan/live-incidents.ts';
import { INCIDENT_TYPES } from '../../../../src/core/plan/models/registry.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { stream } from '../../../../src/core/plan/random.ts';
import { MAX_SESSION_MS } from '../../../../src/core/plan/shop.ts';
import { DEFAULTS, NOW } from '../../../helpers/generated.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function planOf(parameters: PlanParameters, incidents: readonly LiveStart[], untilMs: number): Plan {
  // Every other shop keeps more sessions once it is live.
  const sample = Math.ceil(parameters.sample / 3);
  const sampling = parameters.seed % 2 === 0 ? [{ fromMs: NOW + 10_000, sample }] : [];
  return makePlan({ parameters, presets: BUILT_IN, nowMs: NOW, live: { untilMs, incidents, sampling } });
}

const slotOf = ({ firstSlotMs, slotMs }: Plan, ms: number) => Math.floor((ms - firstSlotMs) / slotMs);

/** The documents that end in a span, as text. */
function documentsIn(plan: Plan, fromMs: number, toMs: number): string[] {
  const slots = { from: slotOf(plan, fromMs), to: Math.min(plan.slotCount, slotOf(plan, toMs) + 1) };
  return [...generateDocuments(plan, slots)]
    .filter(({ ms }) => ms >= fromMs && ms < toMs)
    .map(({ id, source }) => JSON.stringify([id, source]));
}

/** Whether an incident can be started at an instant: none is under way. */
const isFree = (plan: Plan, ms: number) =>
  ![...plan.incidents, ...plan.upcoming].some(
    ({ startMs, recoveredMs, preset }) =>
      (ms >= startMs && ms <= recoveredMs) || (preset !== null && ms < startMs && ms > startMs - HOUR_MS),
  );

/** A shop, and an incident that is started at some instant of the three hours after it was planned. */
function sample(number: number) {
  const random = stream(number, 'live samples', 0);
  const parameters: PlanParameters = {
    ...DEFAULTS,
    days: 1,
    sample: [20, 60, 200][random.below(3)] ?? 60,
    seed: random.below(1e9),
    incidentsPerDay: { min: 6, max: 8 },
    profile: random.next() < 0.3 ? 'graded' : 'demo',
    labelDocuments: true,
  };
  const untilMs = NOW + 4 * HOUR_MS;
  const without = planOf(parameters, [], untilMs);
  const tries = Array.from({ length: 1000 }, () => NOW + random.below(3 * 3600) * 1000);
  const startMs = tries.find((ms) => isFree(without, ms)) ?? 0;
  const type = INCIDENT_TYPES[number % INCIDENT_TYPES.length] ?? INCIDENT_TYPES[0];
  const start: LiveStart = {
    ...{ id: 'live-1', preset: null, startMs },
    type: type ?? 'payment_gateway_timeout',
    severity: SEVERITIES[random.below(3)] ?? 'major',
    endMs: startMs + (5 + random.below(10)) * MINUTE_MS,
  };
  const recoverMs = startMs + (40 + random.below(200)) * 1000;
  return { parameters, untilMs, without, start, ended: { ...start, recoverMs } };
}

describe('an incident that is started by hand', () => {
  it.each(Array.from({ length: 24 }, (_, number) => number))(
    'changes nothing before it, sample %i',
    (number) => {
      const { parameters, untilMs, without, start, ended } = sample(number);
      expect(start.startMs).toBeGreaterThan(0);
      const begun = planOf(parameters, [start], untilMs);
      const recovered = planOf(parameters, [ended], untilMs);
      const fromMs = start.startMs - 20 * MINUTE_MS;
      expect(begun.key).toBe(without.key);
      expect(documentsIn(begun, fromMs, start.startMs)).toEqual(documentsIn(without, fromMs, start.startMs));
      expect(documentsIn(recovered, fromMs, ended.recoverMs)).toEqual(
        documentsIn(begun, fromMs, ended.recoverMs),
      );
      // And the next one changes nothing of the first.
      const wholeMs = recovered.incidents.find(({ id }) => id === start.id)?.recoveredMs ?? 0;
      const laterMs = Array.from({ length: 60 }, (_, minute) => wholeMs + minute * MINUTE_MS).find((ms) =>
        isFree(recovered, ms),
      );
      if (laterMs !== undefined) {
        const [first = 'payment_gateway_timeout'] = INCIDENT_TYPES;
        const second = { ...start, id: 'live-2', type: first, startMs: laterMs, endMs: laterMs + MINUTE_MS };
        const both = planOf(parameters, [ended, second], untilMs);
        expect(documentsIn(both, fromMs, laterMs)).toEqual(documentsIn(recovered, fromMs, laterMs));
      }
      // And it is there.
      const after = documentsIn(begun, start.startMs, start.endMs);
      expect(after.some((text) => text.includes('"live-1"'))).toBe(true);
      expect(after).not.toEqual(documentsIn(without, start.startMs, start.endMs));
    },
  );
});

it('data that end within a minute hold what longer data hold of it, also where sessions just reach an incident', () => {
  const parameters = { ...DEFAULTS, days: 1, sample: 1, incidentsPerDay: { min: 8, max: 8 } };
  let looked = 0;
  for (let seed = 0; seed < 12; seed++) {
    const whole = planOf({ ...parameters, seed: 2 * seed + 1 }, [], NOW + 5 * HOUR_MS);
    for (const { startMs, preset } of whole.incidents) {
      const minuteMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS;
      const untilMs = minuteMs - MAX_SESSION_MS + 5000;
      if (preset !== null || untilMs < NOW || startMs - minuteMs < 6000) continue;
      looked++;
      const short = planOf(whole.parameters, [], untilMs);
      expect(documentsIn(short, untilMs - 5000, untilMs)).toEqual(
        documentsIn(whole, untilMs - 5000, untilMs),
      );
    }
  }
  expect(looked).toBeGreaterThan(2);
});
