// What a run must have asked of its index before it may say that the data is proved.
import { expect } from 'vitest';
import type { RunDone } from '../../src/core/events.ts';
import type { Preset } from '../../src/core/plan/preset.ts';

/** The checks of every run, whatever its incidents. */
const ALWAYS: readonly string[] = [
  ...['count', 'totals', 'hours', 'data-distribution', 'performance-incidents', 'index-health'],
  ...['sample-documents', 'traffic', 'normal-error-rate', 'normal-response-time', 'rules', 'incident-codes'],
];

interface Expected {
  /** Presets whose incidents are in the data, with enough documents for all of their evidence. */
  readonly presets?: readonly Preset[];
  /** Ids of checks that this cluster cannot answer. */
  readonly without?: readonly string[];
}

/** Asserts that each check that must be there was asked, and passed. */
export function expectProof({ checks }: RunDone, { presets = [], without = [] }: Expected = {}): void {
  const ofPresets = presets.flatMap(({ id, evidence, investigation }) =>
    ['window', ...[...evidence, ...investigation].map((each) => each.id)].map((name) => `${id}/${name}`),
  );
  const wanted = [...ALWAYS, ...ofPresets].filter((id) => !without.includes(id));
  const passed = checks.filter(({ ok }) => ok).map(({ id }) => id);
  expect(wanted.filter((id) => !passed.includes(id))).toEqual([]);
}
