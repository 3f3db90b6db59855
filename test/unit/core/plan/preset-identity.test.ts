import { describe, expect, it } from 'vitest';
import type { Preset } from '../../../../src/core/plan/preset.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { NOW, planWith } from '../../../helpers/generated.ts';

const keyWith = (presets: readonly Preset[]) => planWith({}, NOW, presets).key;

/** The presets with one sentence of each in other words. */
const reworded = BUILT_IN.map((preset) => ({ ...preset, story: 'In other words.', red_herrings: [] }));

describe('the key of a data set', () => {
  it('is the one that version 0.1.0 gave to these parameters', () => {
    expect(planWith().key).toBe('t3yyvkh');
  });

  it('stays when a built-in preset is reworded', () => {
    expect(keyWith(reworded)).toBe(keyWith(BUILT_IN));
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

  it("takes a preset of a person's own with all its sentences", () => {
    const own = reworded.map((preset) => ({ ...preset, id: `${preset.id}-own` }));
    const other = own.map((preset) => ({ ...preset, story: 'In still other words.' }));
    expect(keyWith(own)).not.toBe(keyWith(other));
  });
});
