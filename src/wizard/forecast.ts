// Asking for the data as it would be.
import type { Settings } from '../options/settings.ts';
import { entriesOf, mergeEntries } from './catalog.ts';
import { discardRun } from './discard-run.ts';
import type { Effect } from './events.ts';
import type { CatalogEntry } from './services.ts';
import { chosenEntries, type WizardState } from './state.ts';
import { next, type Transition } from './transition.ts';

/** Asks for the data as it would be with these answers; nothing while the catalog is not there. */
export function forecastEffects(state: WizardState): readonly Effect[] {
  if (state.catalog.state !== 'ready') return [];
  const presets = chosenEntries(state).map(({ preset }) => preset);
  return [{ type: 'forecast', request: { settings: state.answers.settings, presets, nowMs: state.nowMs } }];
}

/** Asks for every preset of the catalog, so that each has a chart whether it is chosen or not. */
export function galleryEffects(state: WizardState): readonly Effect[] {
  if (state.catalog.state !== 'ready') return [];
  const presets = state.catalog.entries.map(({ preset }) => preset);
  const days = Math.max(1, ...presets.map(({ window }) => window.days_before + 1));
  const settings: Settings = { ...state.answers.settings, days, incidentsPerDay: { min: 0, max: 0 } };
  return [{ type: 'gallery', request: { settings, presets, nowMs: state.nowMs } }];
}

/** The presets are known: show what they do, and plan the data. */
export function catalogReady(state: WizardState, known: readonly CatalogEntry[]): Transition {
  const entries = state.resuming ? mergeEntries(known, entriesOf(state.resuming.run)) : known;
  const after: WizardState = { ...state, catalog: { state: 'ready', entries } };
  return next(after, ...forecastEffects(after), ...galleryEffects(after));
}

export function withSettings(state: WizardState, settings: Settings): WizardState {
  const changed = discardRun(state, 'The data changed');
  const { onConflict } = changed.answers.settings;
  return { ...changed, answers: { ...changed.answers, settings: { ...settings, onConflict } } };
}
