// Settings become what the core needs: chance, the clock and the machine's time zone enter here and nowhere else.
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { PRESET_MB, readTextFile } from '../core/files/text-file.ts';
import { DAY_MS } from '../core/plan/durations.ts';
import { PARAMETERS, type PlanParameters } from '../core/plan/parameters.ts';
import type { Preset } from '../core/plan/preset.ts';
import { BUILT_IN, readPreset } from '../core/plan/presets.ts';
import { AppError } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Settings } from './settings.ts';

/** A preset by id or file. Throws AppError `preset`, `file-unreadable` or `parameter`. */
export function findPreset(name: string): Preset {
  const builtIn = BUILT_IN.find(({ id }) => id === name);
  if (builtIn) return builtIn;
  if (existsSync(name)) return readPreset(readTextFile(name, PRESET_MB), name);
  const ids = BUILT_IN.map(({ id }) => id);
  if (name.includes('/') || name.endsWith('.json')) return readPreset(readTextFile(name, PRESET_MB), name);
  const hint = didYouMean(name, ids) ?? `the presets are ${ids.join(', ')}; a file is named with its path`;
  throw new AppError('parameter', {
    flag: '--preset',
    problem: `${quoted(name)} is neither a preset nor a file; ${hint}`,
  });
}

/** The presets the settings name: all three when none is named, an empty list for `none`. */
export function presetsOf(settings: Settings): readonly Preset[] {
  const names = settings.presets;
  if (names.length === 0) return BUILT_IN;
  if (!names.includes('none'))
    return [...new Set(names)].map((name) => fitting(findPreset(name), settings.days));
  if (names.length === 1) return [];
  throw new AppError('parameter', {
    flag: '--preset',
    problem: '"none" cannot be combined with other presets',
  });
}

/** A preset named by flag must fit into the data; of the default three, those that do not are left out. */
function fitting(preset: Preset, days: number): Preset {
  const needed = preset.window.days_before + 1;
  if (days >= needed) return preset;
  const problem = `${days} is too few for ${preset.id}, which happens ${preset.window.days_before} days before the demo day; it needs ${needed} or more`;
  throw new AppError('parameter', { flag: '--days', problem });
}

/** Settings in which nothing is left to chance, the clock or the machine. */
export type FixedSettings = Settings & { seed: number; now: string; timeZone: string };

/** Fills in a random seed, the present time and the machine's time zone where the settings leave them open. */
export function fixSettings(settings: Settings): FixedSettings {
  const fixed = withoutChance(settings);
  assertLength(fixed);
  return fixed;
}

const MAX_DAYS = PARAMETERS.days.max;

/** Data reaches from the demo day to now, so a demo day long past means more of it than --days allows. */
function assertLength({ demoDay, days, now }: FixedSettings): void {
  if (demoDay === undefined) return;
  const ago = Math.floor((Date.parse(now) - Date.parse(`${demoDay}T00:00:00Z`)) / DAY_MS);
  if (ago + days <= MAX_DAYS + 1) return;
  const problem = `${demoDay} is ${ago} days before now, and data reaches up to now: more than ${MAX_DAYS} days; fix the clock near that day with --now`;
  throw new AppError('parameter', { flag: '--demo-day', problem });
}

function withoutChance(settings: Settings): FixedSettings {
  return {
    ...settings,
    seed: settings.seed ?? randomInt(0, 4294967296),
    now: settings.now ?? new Date().toISOString(),
    timeZone: settings.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The parameters of the plan. */
export function parametersOf(settings: FixedSettings): PlanParameters {
  return {
    days: settings.days,
    incidentsPerDay: settings.incidentsPerDay,
    baseTps: settings.baseTps,
    peakMultiplier: settings.peakMultiplier,
    errorRateNormal: settings.errorRateNormal,
    errorRateIncident: settings.errorRateIncident,
    sample: settings.sample,
    seed: settings.seed,
    timeZone: settings.timeZone,
    demoDay: settings.demoDay,
    profile: settings.profile,
    labelDocuments: settings.labelDocuments,
  };
}
