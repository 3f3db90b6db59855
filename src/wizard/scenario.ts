// Scenario and Tune: which incidents, on which day, and the parameters of the data.
import type { AppError } from '../errors/app-error.ts';
import { mergeEntries } from './catalog.ts';
import { catalogReady, forecastEffects, galleryEffects, withSettings } from './forecast.ts';
import type { CatalogEntry } from './services.ts';
import { chosenEntries, type WizardState } from './state.ts';
import { SCENARIO } from './steps.ts';
import { next, type Transition } from './transition.ts';

/** What `--preset` takes for these presets: nothing for the usual three, `none` for none. */
function flagsOf(entries: readonly CatalogEntry[], ids: ReadonlySet<string>): readonly string[] {
  const flags = entries.filter(({ preset }) => ids.has(preset.id)).map(({ flag }) => flag);
  if (flags.length === 0) return ['none'];
  const usual = entries.every(({ preset, flag }) => preset.id === flag && flags.includes(flag));
  return usual ? [] : flags;
}

/** Takes a preset in or out. */
export function choosePreset(state: WizardState, id: string, on: boolean): Transition {
  if (state.catalog.state !== 'ready' || state.step.name !== 'scenario') return next(state);
  const { entries } = state.catalog;
  const now = new Set(chosenEntries(state).map(({ preset }) => preset.id));
  if (now.has(id) === on || !entries.some(({ preset }) => preset.id === id)) return next(state);
  if (on) now.add(id);
  else now.delete(id);
  const after = withSettings(state, { ...state.answers.settings, presets: flagsOf(entries, now) });
  return next(after, ...forecastEffects(after));
}

/** Opens the line for the path of a preset file. */
export function typePresetPath(state: WizardState): Transition {
  if (state.step.name !== 'scenario' || state.catalog.state !== 'ready') return next(state);
  return next({ ...state, step: { name: 'scenario', view: 'file' } });
}

/** Reads the file at this path. */
export function readPresetFile(state: WizardState, path: string): Transition {
  if (state.step.name !== 'scenario' || state.step.view !== 'file' || path.trim() === '') return next(state);
  return next(state, { type: 'read-preset', path: path.trim() });
}

/** A preset of one's own is there, and is part of the data at once; one of the same id gives way to it. */
export function presetRead(state: WizardState, entry: CatalogEntry): Transition {
  const { catalog, step } = state;
  if (catalog.state !== 'ready' || step.name !== 'scenario' || step.view !== 'file') return next(state);
  const chosen = new Set(chosenEntries(state).map(({ preset }) => preset.id)).add(entry.preset.id);
  const entries = mergeEntries(catalog.entries, [entry]);
  const presets = flagsOf(entries, chosen);
  const changed = withSettings({ ...state, step: SCENARIO }, { ...state.answers.settings, presets });
  return catalogReady({ ...changed, notice: `Added: ${entry.preset.title}` }, entries);
}

/** The file cannot be used: its path stays in the line, to be mended. */
export function presetUnread(state: WizardState, error: AppError): Transition {
  const { step } = state;
  if (step.name !== 'scenario' || step.view !== 'file') return next(state);
  return next({ ...state, step: { ...step, error } });
}

/** Chooses the day the presets call today; undefined leaves it to the clock. */
export function chooseDemoDay(state: WizardState, day: string | undefined): Transition {
  if (state.step.name !== 'scenario') return next(state);
  const after = withSettings(state, { ...state.answers.settings, demoDay: day });
  return next(after, ...forecastEffects(after), ...galleryEffects(after));
}
