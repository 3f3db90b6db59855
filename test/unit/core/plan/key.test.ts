import { describe, expect, it } from 'vitest';
import type { Preset } from '../../../../src/core/plan/preset.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { NOW, planWith } from '../../../helpers/generated.ts';

const keyWith = (presets: readonly Preset[]) => planWith({}, NOW, presets).key;

describe('the key of a data set', () => {
  it('stays when a preset is reworded, asks other questions, or comes in another place', () => {
    const reworded = BUILT_IN.map((preset) => ({
      ...preset,
      ...{ title: 'Another', story: 'In other words.', red_herrings: [], evidence: [] },
    }));
    expect(keyWith(reworded)).toBe(keyWith(BUILT_IN));
    expect(keyWith(BUILT_IN.toReversed())).toBe(keyWith(BUILT_IN));
  });

  it('changes with what a preset does to the data, and with which presets there are', () => {
    const [payment, ...others] = BUILT_IN;
    if (!payment) throw new Error('no preset');
    const changed: Preset[] = [
      { ...payment, window: { ...payment.window, recovery_minutes: 9 } },
      { ...payment, model: { ...payment.model, settings: { ...payment.model.settings, gateway: 'paypal' } } },
      { ...payment, id: 'mine' },
    ];
    const keys = [BUILT_IN, others, ...changed.map((preset) => [preset, ...others])].map(keyWith);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('changes with each parameter, and not with now', () => {
    const plans = [{}, { seed: 2 }, { days: 6 }, { sample: 61 }, { baseTps: 21 }, { labelDocuments: true }];
    const keys = plans.map((changes) => planWith(changes).key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(planWith({}, NOW + 3_600_000).key).toBe(planWith().key);
  });
});
