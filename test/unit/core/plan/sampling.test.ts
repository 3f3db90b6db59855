// A live shop that keeps more sessions: the usual ones stay, more come beside them, and weights make up for it.
import { describe, expect, it } from 'vitest';
import { generateDocuments } from '../../../../src/core/generate/index.ts';
import { trafficAt } from '../../../../src/core/plan/curve.ts';
import { makePlan, type Plan } from '../../../../src/core/plan/index.ts';
import { denseSpans, nextReading, type SampleChange, sampleAt } from '../../../../src/core/plan/sampling.ts';
import { DEFAULTS, NOW } from '../../../helpers/generated.ts';

const MINUTE_MS = 60_000;
const untilMs = NOW + 60 * MINUTE_MS;
const slots = { firstSlotMs: 0, slotMs: MINUTE_MS };

function planOf(seed: number, sampling: readonly SampleChange[], incidentsPerDay = 0): Plan {
  const many = { min: incidentsPerDay, max: incidentsPerDay };
  const parameters = { ...DEFAULTS, days: 1, seed, sample: 60, incidentsPerDay: many };
  return makePlan({ parameters, presets: [], nowMs: NOW, live: { untilMs, incidents: [], sampling } });
}

interface Told {
  readonly ms: number;
  readonly id: string;
  readonly weight: number;
  readonly text: string;
}

/** The transactions that end in the last hours of a plan. */
function told(plan: Plan, fromMs = NOW - 5 * MINUTE_MS): Told[] {
  const from = Math.floor((fromMs - plan.firstSlotMs) / plan.slotMs);
  return [...generateDocuments(plan, { from, to: plan.slotCount })].flatMap(({ id, ms, source }) => {
    if (!('sample_weight' in source)) return [];
    const { sample_weight: weight, ...rest } = source;
    return [{ id, ms, weight: Number(weight), text: JSON.stringify(rest) }];
  });
}

describe('from a change on', () => {
  const fromMs = NOW + 12 * MINUTE_MS;
  const dense = [{ fromMs, sample: 5 }];

  it.each([1, 2, 3])('nothing before it changes, and the usual documents are all there, seed %i', (seed) => {
    const usual = told(planOf(seed, []));
    const more = told(planOf(seed, dense));
    expect(more.filter(({ ms }) => ms < fromMs)).toEqual(usual.filter(({ ms }) => ms < fromMs));
    const texts = new Map(more.map(({ id, text }) => [id, text]));
    expect(texts.size).toBe(more.length);
    for (const { id, text } of usual) expect(texts.get(id)).toBe(text);
    expect(new Set(more.filter(({ ms }) => ms >= fromMs).map(({ weight }) => weight))).toEqual(new Set([5]));
  });

  it('weights add up to the traffic at once, not after some minutes', () => {
    // Sessions bring 2.6 documents, so counts spread 1.7 times as wide as Poisson counts.
    for (const [seed, minutes] of [
      [1, 3],
      [2, 3],
      [3, 45],
    ] as const) {
      const plan = planOf(seed, dense);
      const endMs = fromMs + minutes * MINUTE_MS;
      let wanted = 0;
      for (let ms = fromMs; ms < endMs; ms += MINUTE_MS) wanted += 60 * trafficAt(plan, ms + MINUTE_MS / 2);
      const found = told(plan)
        .filter(({ ms }) => ms >= fromMs && ms < endMs)
        .reduce((sum, { weight }) => sum + weight, 0);
      expect(Math.abs(found - wanted) / (1.7 * Math.sqrt(5 * wanted))).toBeLessThan(4);
    }
  });

  it('slots drawn one by one hold what they hold when all are drawn', () => {
    const plan = planOf(4, [...dense, { fromMs: fromMs + 30 * MINUTE_MS, sample: 60 }]);
    const all = told(plan);
    const first = Math.floor((fromMs - plan.firstSlotMs) / plan.slotMs);
    for (const slot of [first - 1, first, first + 1, first + 29, first + 30, first + 31, first + 40]) {
      const startMs = plan.firstSlotMs + slot * plan.slotMs;
      const alone = [...generateDocuments(plan, { from: slot, to: slot + 1 })].map(({ id }) => id);
      const within = all.filter(({ ms }) => ms >= startMs && ms < startMs + plan.slotMs).map(({ id }) => id);
      expect(within.length).toBeGreaterThan(10);
      expect(alone).toEqual(expect.arrayContaining(within));
    }
  });

  it('as few sessions as before can be kept again', () => {
    const lessMs = fromMs + 30 * MINUTE_MS;
    const plan = planOf(5, [...dense, { fromMs: lessMs, sample: 60 }]);
    const usual = told(planOf(5, []));
    expect(told(plan).filter(({ ms }) => ms >= lessMs)).toEqual(usual.filter(({ ms }) => ms >= lessMs));
  });
});

it('incidents of the plan stay as they were planned', () => {
  const [usual, more] = [planOf(8, [], 8), planOf(8, [{ fromMs: NOW, sample: 5 }], 8)];
  const near = [...usual.incidents, ...usual.upcoming].filter(({ recoveredMs }) => recoveredMs > NOW);
  expect(near.length).toBeGreaterThan(0);
  const byId = new Map(told(more).map((one) => [one.id, one]));
  for (const { startMs, recoveredMs } of near)
    for (const one of told(usual))
      if (one.ms >= startMs && one.ms < recoveredMs) expect(byId.get(one.id)).toEqual(one);
  const inside = (documents: readonly Told[]) =>
    near.map(
      ({ startMs, recoveredMs }) => documents.filter(({ ms }) => ms >= startMs && ms < recoveredMs).length,
    );
  expect(inside(told(more))).toEqual(inside(told(usual)));
});

it('a change begins with a reading, lasts until the next one, and leaves out what is counted', () => {
  expect(nextReading(10_000)).toBe(10_000);
  expect(nextReading(10_001)).toBe(20_000);
  const changes = [
    { fromMs: 0, sample: 5 },
    { fromMs: 7_200_000, sample: 60 },
    { fromMs: 7_300_000, sample: 10 },
  ];
  const dense = denseSpans(changes, 60, [{ startMs: 3_600_000, recoveredMs: 4_200_000 }], slots);
  const at = (ms: number) => sampleAt({ parameters: { sample: 60 }, dense }, ms);
  expect([at(0), at(1_000_000), at(3_600_000), at(4_200_000)]).toEqual([5, 5, 60, 60]);
  expect([at(7_199_999), at(7_200_000), at(7_299_999), at(7_300_000), at(1e12)]).toEqual([5, 60, 60, 10, 10]);
});
