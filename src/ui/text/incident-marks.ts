// Incidents under a chart: a letter for each preset, a dot for the random ones, and a legend that says which is which.

import { plainText } from '../../text/plain-text.ts';
import type { Forecast } from '../../wizard/services.ts';
import type { ChartWindow, MarkedSpan } from './chart.ts';
import { SYMBOLS } from './symbols.ts';
import { columnsOf } from './wrap.ts';

type Incidents = Forecast['incidents'];

/** The letter of each title: its first one that no other has, else a digit. */
function lettersOf(titles: readonly string[]): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  for (const title of titles) {
    if (letters.has(title)) continue;
    const taken = [...letters.values()];
    const own = (
      plainText(title)
        .toUpperCase()
        .match(/[A-Z0-9]/g) ?? []
    ).find((each) => !taken.includes(each));
    letters.set(title, own ?? '?');
  }
  return letters;
}

/** Titles of the presets' incidents, from the latest on: in this order letters are given. */
const presetTitles = (incidents: Incidents) =>
  incidents
    .filter(({ preset }) => preset !== null)
    .toReversed()
    .map(({ title }) => title);

/** Each incident with its mark; those of presets win over random ones in the same column. */
export function incidentMarks(incidents: Incidents): readonly MarkedSpan[] {
  const letters = lettersOf(presetTitles(incidents));
  const random = incidents.filter(({ preset }) => preset === null);
  const presets = incidents.filter(({ preset }) => preset !== null);
  return [
    ...random.map(({ startMs, endMs }) => ({ startMs, endMs, mark: SYMBOLS.random })),
    ...presets.map(({ startMs, endMs, title }) => ({ startMs, endMs, mark: letters.get(title) ?? '?' })),
  ];
}

/**
 * What the marks in this window mean, in at most so many columns: `P Payment  D Database  · random`. Titles are shortened to
 * their first word where they have no room. Empty when there are no marks, or no room.
 */
export function marksLegend(incidents: Incidents, { fromMs, toMs }: ChartWindow, columns: number): string {
  const seen = incidents.filter(({ startMs, endMs }) => endMs > fromMs && startMs < toMs);
  const letters = lettersOf(presetTitles(incidents));
  const titles = [...new Set(presetTitles(seen))];
  const random = seen.some(({ preset }) => preset === null) ? [`${SYMBOLS.random} random`] : [];
  const legend = (words: (title: string) => string, gap: string) =>
    [...titles.map((title) => `${letters.get(title)} ${words(plainText(title))}`), ...random].join(gap);
  const firstWord = (title: string) => title.split(' ')[0] ?? title;
  const forms = [legend((title) => title, '  '), legend(firstWord, '  '), legend(firstWord, ' ')];
  return forms.find((each) => columnsOf(each) <= columns) ?? '';
}
