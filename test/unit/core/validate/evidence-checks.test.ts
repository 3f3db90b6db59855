import { describe, expect, it } from 'vitest';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import type { CheckResult } from '../../../../src/core/events.ts';
import { tallyOf } from '../../../../src/core/generate/index.ts';
import type { Plan } from '../../../../src/core/plan/index.ts';
import type { Preset } from '../../../../src/core/plan/preset.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { evidenceChecks } from '../../../../src/core/validate/evidence-checks.ts';
import { runScope } from '../../../../src/core/validate/scope.ts';
import { NOW, planWith } from '../../../helpers/generated.ts';

const builtIn = BUILT_IN.filter(({ id }) => id === 'payment-gateway-timeout');

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
  return evidenceChecks(runScope(STORED_TRANSACTIONS, 'demo', plan, true), plan, tallyOf(plan)).map(
    ({ id, title, query, expected, unit }) => ({
      ...{ id, title, query, expected, found, ok: found !== '1', ms: 1 },
      ...(unit ? { unit } : {}),
    }),
  );
}

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
