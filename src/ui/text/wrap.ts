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

/** Units that stay with the number before them, as in `30 s` and `1,200 docs/s`. */
const UNITS =
  'ms|s|min|h|%|[kMGT]?B|docs|docs/s|MB/s|TPS|documents?|checks?|incidents?|transactions?|orders?|days?|hours?|minutes?|seconds?|sessions?|workers?|requests?';
const MEASURE = new RegExp(`(?<=\\d) (?=(?:${UNITS})(?![\\w/]))`, 'g');
/** A dash, a slash or a multiplication sign between two parts of one figure. */
const JOINED = /(?<=[\d%a-z]) (?=\/ \w)|(?<= \/) (?=\w)/g;

/** The text with no-break spaces where a figure must not part. */
const glued = (text: string) => text.replace(MEASURE, '\u00A0').replace(JOINED, '\u00A0');

/** A row of an address is left this full at least for the sake of a good place to break. */
const LEAST_FULL = 0.6;

/** A word that is too long for a row, such as an address, with line ends where it can be broken well. */
function brokenWord(word: string, width: number): string {
  if (columnsOf(word) <= width) return word;
  const place = word.slice(0, width).search(/[/?&,(][^/?&,(]*$/) + 1;
  if (place < LEAST_FULL * width) return word;
  return `${word.slice(0, place)}\n${brokenWord(word.slice(place), width)}`;
}

/** A character that only a terminal reads; what holds one is not taken apart. */
const ESCAPE = '\u001B';

/**
 * Rows of at most `width` columns, broken at spaces but neither at no-break spaces nor between a number and its unit; a
 * longer word is broken behind a slash or a comma, else cut. An empty text is one empty row.
 */
export function wrapText(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const words = glued(text).split(' ');
  const whole = text.includes(ESCAPE) ? words : words.map((word) => brokenWord(word, room));
  // The screen shows no no-break spaces: some terminals draw them.
  return wrapAnsi(whole.join(' '), room, { hard: true }).replaceAll('\u00A0', ' ').split('\n');
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
