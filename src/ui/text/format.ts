// Numbers in words: the same in every front.
import { grouped } from '../../text/numbers.ts';

/** A number with so many significant digits: 1,234 with two is 1,200. */
export function significant(value: number, digits: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - digits + 1);
  return Math.round(value / unit) * unit;
}

/** A number known only roughly, to four digits: 271,438 becomes `≈ 271,400`. */
export function roughly(value: number): string {
  return `≈ ${grouped(significant(value, 4))}`;
}

const plural = (value: number, one: string, many: string) => `${grouped(value)} ${value === 1 ? one : many}`;

/** `1 document`, `271,402 documents`. */
export const documents = (value: number) => plural(value, 'document', 'documents');

/** `1 check`, `12 checks`. */
export const checks = (value: number) => plural(value, 'check', 'checks');

/** `1 incident`, `no incidents`. */
export const incidents = (value: number) =>
  value === 0 ? 'no incidents' : plural(value, 'incident', 'incidents');

/** `1 day`, `7 days`. */
export const days = (value: number) => plural(value, 'day', 'days');

/** A size in decimal units: `512 B`, `84 MB`, `1.2 GB`. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  const scaled = value / 1000 ** power;
  return `${power > 0 && scaled < 10 ? scaled.toFixed(1) : Math.round(scaled)} ${units[power]}`;
}

/** A span of time as a person says it: `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A span of time that is only estimated: from two minutes on in whole minutes, `4 min`, `2 h 5 min`. */
export function roughDuration(ms: number): string {
  return duration(ms < 115_000 ? ms : Math.round(ms / 60_000) * 60_000);
}

/** A short number for the axis of a chart, at most five characters: `0`, `7.5`, `950`, `12k`, `1.5M`. */
export function axisNumber(value: number): string {
  const short = (scaled: number, unit: string) =>
    `${scaled < 10 && scaled % 1 !== 0 ? scaled.toFixed(1) : Math.round(scaled)}${unit}`;
  if (Math.abs(value) >= 1e6) return short(value / 1e6, 'M');
  if (Math.abs(value) >= 1e3) return short(value / 1e3, 'k');
  return short(value, '');
}

/** How much of a whole is done, 0 to 100, never 100 before it is all. */
export function percent(part: number, whole: number): number {
  if (whole <= 0) return 0;
  return part >= whole ? 100 : Math.max(0, Math.min(99, Math.floor((part / whole) * 100)));
}
