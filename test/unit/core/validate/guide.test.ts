import { describe, expect, it } from 'vitest';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import type { CheckResult } from '../../../../src/core/events.ts';
import { tallyOf } from '../../../../src/core/generate/index.ts';
import type { Plan } from '../../../../src/core/plan/index.ts';
import type { Preset } from '../../../../src/core/plan/preset.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { evidenceChecks } from '../../../../src/core/validate/evidence-checks.ts';
import { guideText } from '../../../../src/core/validate/guide.ts';
import { runScope } from '../../../../src/core/validate/scope.ts';
import { NOW, planWith } from '../../../helpers/generated.ts';

const builtIn = BUILT_IN.filter(({ id }) => id === 'payment-gateway-timeout');
const [payment] = builtIn;

/** The payment preset as it was written before there were claims. */
const withoutClaims = builtIn.map(
  (preset): Preset => ({
    ...preset,
    evidence: preset.evidence.map(({ claim, unit, ...rest }) => ({
      ...rest,
      question: `Is it so: ${claim}?`,
    })),
    investigation: preset.investigation.map(({ claim, unit, ...rest }) => rest),
  }),
);

const planOf = (presets: readonly Preset[]) =>
  planWith({ days: 1, incidentsPerDay: { min: 0, max: 0 } }, NOW, presets);

function resultsOf(plan: Plan, found: string): CheckResult[] {
  return evidenceChecks(runScope(STORED_TRANSACTIONS, 'demo', plan.key, true), plan, tallyOf(plan)).map(
    ({ id, title, query, expected, unit }) => ({
      ...{ id, title, query, expected, found, ok: found !== '1', ms: 1 },
      ...(unit ? { unit } : {}),
    }),
  );
}

function guideWith(presets: readonly Preset[], found: string): string {
  const plan = planOf(presets);
  const results = resultsOf(plan, found);
  return guideText({ plan, tally: tallyOf(plan), url: 'http://localhost:9200', index: 'demo', results });
}

describe('the investigation guide', () => {
  it('asks the question of each step, and proves the claims', () => {
    const guide = guideWith(builtIn, '65');
    for (const [place, { question }] of (payment?.investigation ?? []).entries())
      expect(guide).toContain(`### ${place + 1}. ${question}\n`);
    for (const { claim } of payment?.evidence ?? []) expect(guide).toContain(`| ${claim} | `);
    expect(guide).not.toContain('Not in this index');
  });

  it('gives the units of what was expected and found, also where it does not hold', () => {
    const guide = guideWith(builtIn, '1');
    expect(guide).toMatch(/Not in this index:\*\* expected exactly 30,\d{3} ms, found 1 ms\./);
    expect(guide).toContain('| from 200 to 420 ms | 1 ms | **no** |');
  });

  it('takes the questions of a preset without claims for both', () => {
    const guide = guideWith(withoutClaims, '65');
    expect(guide).toContain('| Is it so: Payment timeouts on stripe? | exactly 65 | 65 | yes |');
    expect(guide).toContain('### 1. How slow are the slowest transactions?\n');
  });
});

describe('a check of evidence', () => {
  it('has the claim as its title, and the question where there is no claim', () => {
    const titles = (presets: readonly Preset[]) => resultsOf(planOf(presets), '65').map(({ title }) => title);
    expect(titles(builtIn)).toContain('Payment gateway timeout: Payment timeouts on stripe');
    expect(titles(builtIn)).toContain('Payment gateway timeout: Slowest transaction');
    expect(titles(withoutClaims)).toContain(
      'Payment gateway timeout: How slow are the slowest transactions?',
    );
  });
});
