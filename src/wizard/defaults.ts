// What differs from the defaults, and the way back to them.
import { takes } from '../command-line/flags.ts';
import type { Option } from '../options/kinds.ts';
import type { Settings } from '../options/settings.ts';
import { OPTIONS } from '../options/table.ts';
import { forecastEffects, withSettings } from './forecast.ts';
import type { WizardState } from './state.ts';
import { next, type Transition } from './transition.ts';

/** Said on Review in words of their own: who signs in where, which incidents, which index. A seed is never the default. */
const SAID_OTHERWISE: ReadonlySet<keyof Settings> = new Set([
  ...(['url', 'local', 'username', 'passwordFile', 'tokenFile', 'clientCert', 'clientKey'] as const),
  ...(['clientKeyPassphraseFile', 'fingerprint', 'insecure', 'awsRegion', 'awsService'] as const),
  ...(['dashboards', 'dashboardsUsername', 'dashboardsPasswordFile'] as const),
  ...(['index', 'onConflict', 'markIncidents', 'presets', 'seed', 'timeZone'] as const),
]);

/** How the program talks, and what is no answer of the wizard. */
const OF_THE_PROGRAM: ReadonlySet<keyof Settings> = new Set([
  ...(['plain', 'json', 'color', 'yes', 'logFile', 'quiet', 'verbose'] as const),
  ...(['resume', 'refused', 'dryRun'] as const),
]);

const differs = (settings: Settings, { key, default: usual }: Option) =>
  JSON.stringify(settings[key]) !== JSON.stringify(usual);

/** The options whose value is not the default and is said nowhere else, in the order of the table. */
export function changedOptions(settings: Settings): readonly Option[] {
  return OPTIONS.filter(
    (option) =>
      takes('run', option) &&
      !SAID_OTHERWISE.has(option.key) &&
      !OF_THE_PROGRAM.has(option.key) &&
      differs(settings, option),
  );
}

/** Those of them that shape the data: the defaults can be taken for these. */
const changedData = (settings: Settings) =>
  changedOptions(settings).filter(({ group }) => group === 'Data' || group === 'Time');

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
