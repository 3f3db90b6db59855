// How far one key moves a number, and which choice follows.
import type { Range } from '../../../core/plan/parameters.ts';
import type { Option } from '../../../options/kinds.ts';
import type { Settings } from '../../../options/settings.ts';

const isRange = (value: unknown): value is Range =>
  typeof value === 'object' && value !== null && 'min' in value && 'max' in value;

/** Without the dust of binary fractions. */
const tidy = (value: number) => Number(value.toFixed(6));

/** The next multiple of the step, inside the limits: 1 goes to 10 and 20, 60 to 70. */
function next(value: number, by: number, step: number, min: number, max: number): number {
  const steps = tidy(value / step);
  const target = by > 0 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1;
  return tidy(Math.min(max, Math.max(min, target * step)));
}

/** The choice before or after this one; the first follows the last. */
function otherChoice(choices: readonly string[], value: unknown, by: number): string | undefined {
  const at = choices.indexOf(String(value)) + Math.sign(by);
  return choices[(at + choices.length) % choices.length];
}

/** The value after a step in this direction; a range keeps its width. Undefined for a text or a switch. */
export function stepValue(
  { kind }: Option,
  value: Settings[keyof Settings],
  by: number,
  big: boolean,
): Settings[keyof Settings] | undefined {
  if (kind.type === 'choice') return otherChoice(kind.choices, value, by) as Settings[keyof Settings];
  if (!('min' in kind)) return undefined;
  const step = big ? kind.bigStep : kind.step;
  if (isRange(value)) {
    const width = value.max - value.min;
    const min = next(value.min, by, step, kind.min, kind.max - width);
    return { min, max: tidy(min + width) };
  }
  return typeof value === 'number' ? next(value, by, step, kind.min, kind.max) : undefined;
}
