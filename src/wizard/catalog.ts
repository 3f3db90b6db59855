// The presets that can be picked, and how others come among them.
import type { CatalogEntry, OpenRun } from './services.ts';

/** Entries with others put in: one of the same id takes the place of the one before. */
export function mergeEntries(
  entries: readonly CatalogEntry[],
  added: readonly CatalogEntry[],
): readonly CatalogEntry[] {
  const byId = new Map([...entries, ...added].map((entry) => [entry.preset.id, entry]));
  return [...byId.values()];
}

/** Presets of a run as entries of the catalog: with the file they were named by, as far as that is known. */
export function entriesOf({ settings, presets }: OpenRun): readonly CatalogEntry[] {
  const named = settings.presets.length === presets.length;
  return presets.map((preset, place) => ({
    preset,
    flag: (named ? settings.presets[place] : undefined) ?? preset.id,
  }));
}
