// Asking for the data as it would be.
import type { Settings } from '../options/settings.ts';
import { entriesOf, mergeEntries } from './catalog.ts';
import { dropWork } from './discard-run.ts';
import type { Effect } from './events.ts';
import type { CatalogEntry } from './services.ts';
import { chosenEntries, type Wizard } from './state.ts';
import { type Transition, to } from './transition.ts';

/** Asks for the data as it would be with these answers; nothing while the catalog is not there. */
export function outlookEffects(state: Wizard): readonly Effect[] {
  if (state.catalog.state !== 'ready') return [];
  const presets = chosenEntries(state).map(({ preset }) => preset);
  return [{ type: 'outlook', request: { settings: state.answers.settings, presets, nowMs: state.nowMs } }];
}

/** Asks for every preset of the catalog, so that each has a chart whether it is chosen or not. */
export function galleryEffects(state: Wizard): readonly Effect[] {
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

export function withSettings(state: Wizard, settings: Settings): Wizard {
  const changed = dropWork(state, 'The data changed');
  const { onConflict } = changed.answers.settings;
  return { ...changed, answers: { ...changed.answers, settings: { ...settings, onConflict } } };
}
