// The step Tune: parameters set and set back.
import type { Settings } from '../options/settings.ts';
import { FORM_OPTIONS } from '../options/table.ts';
import { forecastEffects, withSettings } from './forecast.ts';
import type { WizardState } from './state.ts';
import { next, type Transition } from './transition.ts';

/** Sets one parameter of the form. */
export function setParameter(
  state: WizardState,
  key: keyof Settings,
  value: Settings[keyof Settings],
  merge = false,
): Transition {
  const { settings } = state.answers;
  const known = FORM_OPTIONS.some((option) => option.key === key);
  const same = JSON.stringify(settings[key]) === JSON.stringify(value);
  if (state.step.name !== 'tune' || !known || same) return next(state);
  const undo = merge && state.undo.length > 0 ? state.undo : [...state.undo, settings].slice(-UNDO_LIMIT);
  const after = { ...withSettings(state, { ...settings, [key]: value }), undo };
  return next(after, ...forecastEffects(after));
}

/** Takes the last change of a parameter back. */
export function undoParameter(state: WizardState): Transition {
  const before = state.undo.at(-1);
  if (state.step.name !== 'tune' || !before) return next(state);
  const form = Object.fromEntries(FORM_OPTIONS.map(({ key }) => [key, before[key]]));
  const after = {
    ...withSettings(state, { ...state.answers.settings, ...form }),
    undo: state.undo.slice(0, -1),
  };
  return next(after, ...forecastEffects(after));
}

/** Changes that `u` can take back. */
const UNDO_LIMIT = 200;
