// How the arrows step a number.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORM_OPTIONS } from '../../../../../src/options/table.ts';
import { stepValue } from '../../../../../src/ui/ink/keys/step-value.ts';

describe('stepping a number', () => {
  const option = (key: string) => {
    const found = FORM_OPTIONS.find((each) => each.key === key);
    if (!found) throw new Error(`no option ${key}`);
    return found;
  };
  it('goes to the next multiple and stays inside the limits', () => {
    expect(stepValue(option('sample'), 1, 1, false)).toBe(10);
    expect(stepValue(option('sample'), 60, 1, true)).toBe(120);
    expect(stepValue(option('days'), 1, -1, false)).toBe(1);
    expect(stepValue(option('peakMultiplier'), 2.5, 1, false)).toBe(2.6);
  });
  it('moves both ends of a range and keeps its width', () => {
    expect(stepValue(option('errorRateIncident'), { min: 25, max: 40 }, -1, true)).toEqual({
      min: 20,
      max: 35,
    });
    expect(stepValue(option('incidentsPerDay'), { min: 7, max: 8 }, 1, true)).toEqual({ min: 7, max: 8 });
  });
  it('goes through the choices in a circle', () => {
    expect(stepValue(option('profile'), 'demo', 1, false)).toBe('graded');
    expect(stepValue(option('profile'), 'graded', 1, true)).toBe('demo');
    expect(stepValue(option('profile'), 'demo', -1, false)).toBe('graded');
  });
  it('only gives values that the option takes', () => {
    const numbers = FORM_OPTIONS.filter(({ kind }) => kind.type === 'integer' || kind.type === 'number');
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.array(fc.tuple(fc.constantFrom(-1, 1), fc.boolean())),
        (each, moves) => {
          let value = each.default ?? 7;
          for (const [by, big] of moves) value = stepValue(each, value, by, big) ?? value;
          expect(each.parse(String(value))).toBe(value);
        },
      ),
    );
  });
});
