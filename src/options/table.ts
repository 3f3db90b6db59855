// The one table of parameters, in the order of --help. The flags, the wizard's form, the plain prompts, --help and the
// README's table are all made from it.

import type { Option } from './kinds.ts';
import type { Settings } from './settings.ts';
import { CONNECTION_OPTIONS } from './tables/connection.ts';
import { DATA_OPTIONS } from './tables/data.ts';
import { LIVE_OPTIONS } from './tables/live.ts';
import { OUTPUT_OPTIONS } from './tables/output.ts';
import { RUN_OPTIONS } from './tables/run.ts';
import { rangeText } from './values.ts';

export const OPTIONS: readonly Option[] = [
  ...CONNECTION_OPTIONS,
  ...DATA_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...LIVE_OPTIONS,
  ...RUN_OPTIONS,
];

/** The options of the Tune form, in the order of the table. */
export const FORM_OPTIONS = OPTIONS.filter((option) => option.inForm);

/** All settings at their defaults. */
export function defaultSettings(): Settings {
  return Object.fromEntries(OPTIONS.map((option) => [option.key, option.default])) as unknown as Settings;
}

/** A setting as the text its flag takes; empty when it is not set. */
export function settingText(option: Option, settings: Partial<Settings>): string {
  const value = settings[option.key];
  if (value === undefined || value === true || value === false) return '';
  if (typeof value === 'object' && 'min' in value) return rangeText(value);
  if (typeof value === 'object' && 'of' in value) return `${value.index}/${value.of}`;
  return String(value);
}
