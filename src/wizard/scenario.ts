// Scenario and Tune: which incidents, on which day, and the parameters of the data.
import type { AppError } from '../errors/app-error.ts';
import type { Settings } from '../options/settings.ts';
import { FORM_OPTIONS } from '../options/table.ts';
import { entriesOf, mergeEntries } from './catalog.ts';
import { dropWork } from './discard-run.ts';
import type { Effect } from './events.ts';
import type { CatalogEntry } from './services.ts';
import { chosenEntries, SCENARIO, type Wizard } from './state.ts';
import { type Transition, to } from './transition.ts';

/** Changes that `u` can take back. */
const UNDO_LIMIT = 200;

/** Asks for the data as it would be with these answers; nothing while the catalog is not there. */
export function outlookEffects(state: Wizard): readonly Effect[] {
  if (state.catalog.state !== 'ready') return [];
  const presets = chosenEntries(state).map(({ preset }) => preset);
  return [{ type: 'outlook', request: { settings: state.answers.settings, presets, nowMs: state.nowMs } }];
}

/** Asks for every preset of the catalog, so that each has a chart whether it is chosen or not. */
function galleryEffects(state: Wizard): readonly Effect[] {
  if (state.catalog.state !== 'ready') return [];
  const presets = state.catalog.entries.map(({ preset }) => preset);
  const days = Math.max(1, ...presets.map(({ window }) => window.days_before + 1));
  const settings: Settings = { ...state.answers.settings, days, incidentsPerDay: { min: 0, max: 0 } };
  return [{ type: 'gallery', request: { settings, presets, nowMs: state.nowMs } }];
}

/** The presets are known: show what they do, and plan the data. */
export function catalogReady(state: Wizard, known: readonly CatalogEntry[]): Transition {
  const entries = state.resuming ? mergeEntries(known, entriesOf(state.resuming.run)) : known;
  const next: Wizard = { ...state, catalog: { state: 'ready', entries } };
  return to(next, ...outlookEffects(next), ...galleryEffects(next));
}

function withSettings(state: Wizard, settings: Settings): Wizard {
  const changed = dropWork(state, 'The data changed');
  const { onConflict } = changed.answers.settings;
  return { ...changed, answers: { ...changed.answers, settings: { ...settings, onConflict } } };
}

/** What `--preset` takes for these presets: nothing for the usual three, `none` for none. */
function flagsOf(entries: readonly CatalogEntry[], ids: ReadonlySet<string>): readonly string[] {
  const flags = entries.filter(({ preset }) => ids.has(preset.id)).map(({ flag }) => flag);
  if (flags.length === 0) return ['none'];
  const usual = entries.every(({ preset, flag }) => preset.id === flag && flags.includes(flag));
  return usual ? [] : flags;
}

/** Takes a preset in or out. */
export function choosePreset(state: Wizard, id: string, on: boolean): Transition {
  if (state.catalog.state !== 'ready' || state.step.name !== 'scenario') return to(state);
  const { entries } = state.catalog;
  const now = new Set(chosenEntries(state).map(({ preset }) => preset.id));
  if (now.has(id) === on || !entries.some(({ preset }) => preset.id === id)) return to(state);
  if (on) now.add(id);
  else now.delete(id);
  const next = withSettings(state, { ...state.answers.settings, presets: flagsOf(entries, now) });
  return to(next, ...outlookEffects(next));
}

/** Opens the line for the path of a preset file. */
export function typePresetPath(state: Wizard): Transition {
  if (state.step.name !== 'scenario' || state.catalog.state !== 'ready') return to(state);
  return to({ ...state, step: { name: 'scenario', view: 'file' } });
}

/** Reads the file at this path. */
export function readPresetFile(state: Wizard, path: string): Transition {
  if (state.step.name !== 'scenario' || state.step.view !== 'file' || path.trim() === '') return to(state);
  return to(state, { type: 'read-preset', path: path.trim() });
}

/** A preset of one's own is there, and is part of the data at once; one of the same id gives way to it. */
export function presetRead(state: Wizard, entry: CatalogEntry): Transition {
  const { catalog, step } = state;
  if (catalog.state !== 'ready' || step.name !== 'scenario' || step.view !== 'file') return to(state);
  const chosen = new Set(chosenEntries(state).map(({ preset }) => preset.id)).add(entry.preset.id);
  const entries = mergeEntries(catalog.entries, [entry]);
  const presets = flagsOf(entries, chosen);
  const changed = withSettings({ ...state, step: SCENARIO }, { ...state.answers.settings, presets });
  return catalogReady({ ...changed, notice: `Added: ${entry.preset.title}` }, entries);
}

/** The file cannot be used: its path stays in the line, to be mended. */
export function presetUnread(state: Wizard, error: AppError): Transition {
  const { step } = state;
  if (step.name !== 'scenario' || step.view !== 'file') return to(state);
  return to({ ...state, step: { ...step, error } });
}

/** Chooses the day the presets call today; undefined leaves it to the clock. */
export function chooseDemoDay(state: Wizard, day: string | undefined): Transition {
  if (state.step.name !== 'scenario') return to(state);
  const next = withSettings(state, { ...state.answers.settings, demoDay: day });
  return to(next, ...outlookEffects(next), ...galleryEffects(next));
}

/** Sets one parameter of the form. */
export function setParameter(
  state: Wizard,
  key: keyof Settings,
  value: Settings[keyof Settings],
  merge = false,
): Transition {
  const { settings } = state.answers;
  const known = FORM_OPTIONS.some((option) => option.key === key);
  const same = JSON.stringify(settings[key]) === JSON.stringify(value);
  if (state.step.name !== 'tune' || !known || same) return to(state);
  const undo = merge && state.undo.length > 0 ? state.undo : [...state.undo, settings].slice(-UNDO_LIMIT);
  const next = { ...withSettings(state, { ...settings, [key]: value }), undo };
  return to(next, ...outlookEffects(next));
}

/** Takes the last change of a parameter back. */
export function undoParameter(state: Wizard): Transition {
  const before = state.undo.at(-1);
  if (state.step.name !== 'tune' || !before) return to(state);
  const form = Object.fromEntries(FORM_OPTIONS.map(({ key }) => [key, before[key]]));
  const next = {
    ...withSettings(state, { ...state.answers.settings, ...form }),
    undo: state.undo.slice(0, -1),
  };
  return to(next, ...outlookEffects(next));
}
