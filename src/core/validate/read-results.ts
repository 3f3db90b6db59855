// What checks report, read back: the screens group and explain failures by it, and need nothing else of the checks.
const TITLE = /^(.*), (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC, (\d+) min$/s;

/** An incident as the title of its check names it: `Payment gateway timeout, 2026-03-14 14:25 UTC, 10 min`. */
export interface TitledWindow {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** The incident in the title of its check; undefined for any other title. */
export function windowOfTitle(text: string): TitledWindow | undefined {
  const [, title, day, time, minutes] = TITLE.exec(text) ?? [];
  if (title === undefined) return undefined;
  const startMs = Date.parse(`${day}T${time}:00Z`);
  return { title, startMs, endMs: startMs + Number(minutes) * 60_000 };
}

/** How many documents a summary such as `138 of 406 fail (…)` counts; undefined for any other text. */
export function documentsInSummary(text: string): number | undefined {
  const [, documents] = /^[\d,]+ of ([\d,]+) fail /.exec(text) ?? [];
  return documents === undefined ? undefined : Number(documents.replaceAll(',', ''));
}

/** The hours that a text of this check names as differing. */
export interface DifferingHours {
  readonly count: number;
  /** Starts of the first and of the last of them, ms. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The hours that differ, as the check reports them; undefined for any other text. */
export function differingHours(found: string): DifferingHours | undefined {
  const [, first, more, last] =
    /^(\S+Z) has [^;]*(?:; (\d+) more hours? differs?, the last (\S+Z))?$/.exec(found) ?? [];
  if (first === undefined) return undefined;
  return { count: 1 + Number(more ?? 0), firstMs: Date.parse(first), lastMs: Date.parse(last ?? first) };
}

/** The fields whose sums differ, as the check reports them. */
export function differingFields(found: string): readonly string[] {
  return Array.from(found.matchAll(/; (\w+) \S+ instead of /g), ([, field = '']) => field);
}
