// What differs from the defaults, and the way back to them.
import type { Option } from '../options/kinds.ts';
import type { Settings } from '../options/settings.ts';
import { OPTIONS } from '../options/table.ts';
import { forecastEffects, withSettings } from './forecast.ts';
import type { WizardState } from './state.ts';
import { next, type Transition } from './transition.ts';

/** Of the data, but said on Review in words of their own; a seed is never the default. */
const SAID_OTHERWISE: ReadonlySet<keyof Settings> = new Set(['presets', 'seed', 'timeZone']);

/** What else a run is told that Review says nowhere else. */
const BESIDE_THE_DATA: ReadonlySet<keyof Settings> = new Set([
  ...(['caFile', 'allowHttp', 'outputDir', 'splitMb', 'part'] as const),
]);

const isOfData = ({ group, key }: Option) =>
  (group === 'Data' || group === 'Time') && !SAID_OTHERWISE.has(key);

/** The options whose value is not the default and is said nowhere else, in the order of the table. */
export function changedOptions(settings: Settings): readonly Option[] {
  return OPTIONS.filter(
    (option) =>
      (isOfData(option) || BESIDE_THE_DATA.has(option.key)) &&
      JSON.stringify(settings[option.key]) !== JSON.stringify(option.default),
  );
}

/** Those of them that shape the data: the defaults can be taken for these. */
const changedData = (settings: Settings) => changedOptions(settings).filter(isOfData);

/** True when the data is not made with the default parameters, and may still be. */
export const mayRestoreDefaults = ({ answers, run }: WizardState): boolean =>
  (run === undefined || run.status === 'ended') && changedData(answers.settings).length > 0;

/** Takes the defaults for every parameter of the data but its seed; the incidents that were chosen stay. */
export function restoreDefaults(state: WizardState, nowMs: number): Transition {
  if (state.step.name !== 'review' || state.step.view !== 'summary' || !mayRestoreDefaults(state))
    return next(state);
  const { settings } = state.answers;
  const usual = Object.fromEntries(changedData(settings).map(({ key, default: value }) => [key, value]));
  const changed = withSettings(state, { ...settings, ...usual });
  const after: WizardState = {
    ...changed,
    nowMs: changed.answers.settings.now === undefined ? nowMs : changed.nowMs,
    undo: [...state.undo, settings],
    notice: changed.notice ?? 'All parameters are back at their defaults',
  };
  return next(after, ...forecastEffects(after));
}
