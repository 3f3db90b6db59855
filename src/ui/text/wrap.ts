// Text measured, wrapped, padded and cut by the columns it takes on a screen: 検 and 🛒 take two.
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Columns that a text takes. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** Columns of the widest of these texts; 0 without any. */
export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columnsOf));
}

/** The text with spaces after it, in at least `width` columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** A text in exactly `width` columns; one that is too long ends in an ellipsis. */
export function inColumns(text: string, width: number): string {
  return padded(cliTruncate(text, width), width);
}

/** A text in exactly `width` columns; what is beyond them is cut off. */
export function cutToColumns(text: string, width: number): string {
  return padded(cliTruncate(text, width, { truncationCharacter: '' }), width);
}

/**
 * Rows of at most `width` columns, broken at spaces but not at no-break spaces; a longer word is cut.
 * An empty text is one empty row.
 */
export function wrapText(text: string, width: number): string[] {
  // The screen shows no no-break spaces: some terminals draw them.
  return wrapAnsi(text, Math.max(1, width), { hard: true }).replaceAll('\u00A0', ' ').split('\n');
}

/** Wrapped lines in at most `rows` rows; what does not fit ends in an ellipsis. */
export function fitLines(lines: readonly string[], width: number, rows: number): string[] {
  const all = lines.flatMap((line) => wrapText(line, width));
  if (all.length <= rows) return all;
  const kept = all.slice(0, Math.max(0, rows));
  const last = kept.pop();
  return last === undefined ? kept : [...kept, cliTruncate(`${last}…`, width)];
}

/** The rows of a sentence, wrapped between words to so many columns, each under the indent of the sentence. */
export function indented(sentence: string, columns: number): string[] {
  const indent = /^ */.exec(sentence)?.[0] ?? '';
  return wrapText(sentence.slice(indent.length), columns - indent.length).map((row) => `${indent}${row}`);
}
