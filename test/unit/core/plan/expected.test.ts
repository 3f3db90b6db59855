import { describe, expect, it } from 'vitest';
import { tallyOf } from '../../../../src/core/generate/index.ts';
import { answerKey } from '../../../../src/core/ground-truth/answer-key.ts';
import { remarks } from '../../../../src/core/plan/remarks.ts';
import { planWith } from '../../../helpers/generated.ts';

/** Ranges a shop can reach, and some beyond what the failing part of the traffic allows. */
const RANGES = [
  { min: 10, max: 15 },
  { min: 25, max: 40 },
  { min: 80, max: 90 },
];

/**
 * How far the documents may be from what is expected. The pool's model knows servers in the mean: where most requests
 * fail, those who came before the incident bring up to a quarter more documents than it expects. Sessions begin by
 * chance, so shares of few documents differ: 4.5 standard deviations are allowed on top.
 */
const tolerance = (type: string, documents: number) => {
  const chance = 4.5 / Math.sqrt(Math.max(1, documents));
  return type === 'database_pool_exhaustion'
    ? { rate: 0.12 + 0.5 * chance, documents: 0.25 + 2 * chance }
    : { rate: 0.03 + 0.5 * chance, documents: 0.08 + 2 * chance };
};

/** Twenty sessions in a hundred are enough for shares within a few percent. */
const DENSE = { days: 3, incidentsPerDay: { min: 5, max: 5 }, sample: 5 };

describe.each(RANGES)('what a plan expects at $min-$max % errors', (errorRateIncident) => {
  const plan = planWith({ ...DENSE, errorRateIncident });
  const tally = tallyOf(plan);

  it('is what the documents show: their number, and the share that fails', () => {
    expect(plan.incidents.length).toBeGreaterThan(10);
    for (const [index, { id, type, endMs, expected }] of plan.incidents.entries()) {
      // Of one that is under way when the data end there is less than is expected of it.
      if (endMs > plan.endMs) continue;
      const counted = tally.incidents[index]?.incident;
      if (!counted) throw new Error(`${id} has no documents`);
      const name = `${id} ${type}`;
      const { rate, documents } = tolerance(type, counted.documents);
      expect(Math.abs(expected.errorRate - counted.errors / counted.documents), name).toBeLessThan(rate);
      expect(Math.abs(expected.documents / counted.documents - 1), name).toBeLessThan(documents);
    }
  });

  it('is nearly the same in the answer key without a tally as with one', () => {
    const counted = answerKey(plan, tally);
    for (const [index, { id, type, expected }] of answerKey(plan).entries())
      expect(
        Math.abs((expected?.error_rate ?? 0) - (counted[index]?.expected?.error_rate ?? 0)),
        id,
      ).toBeLessThan(tolerance(type ?? '', expected?.documents ?? 0).rate);
  });
});

describe('the remark on error rates', () => {
  it('names the incidents that cannot reach the rate asked for, and the lowest they come to', () => {
    const plan = planWith({ ...DENSE, errorRateIncident: { min: 80, max: 90 } });
    const short = plan.incidents.filter(
      ({ severity, expected }) => severity === 'major' && expected.errorRate < 0.78,
    );
    const lowest = Math.min(...short.map(({ expected }) => expected.errorRate));
    expect(short.length).toBeGreaterThan(0);
    const said = remarks(plan).filter((sentence) => sentence.includes('cannot reach'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(
      `${short.length} of ${plan.incidents.length} incidents cannot reach 80 % errors`,
    );
    expect(said[0]).toContain(`${Math.round(lowest * 100)} %`);
  });

  it('is not made where every incident reaches it', () => {
    expect(remarks(planWith(DENSE)).filter((sentence) => sentence.includes('cannot reach'))).toEqual([]);
  });
});
