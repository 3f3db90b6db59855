// Text cut into rows by words.

/**
 * Rows of at most `width` characters, broken at spaces but not at no-break spaces; a longer word is cut.
 * An empty text is one empty row.
 */
export function wrapText(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    const joined = row === '' ? word : `${row} ${word}`;
    if (joined.length <= room) {
      row = joined;
      continue;
    }
    if (row !== '') rows.push(row);
    row = word;
    while (row.length > room) {
      rows.push(row.slice(0, room));
      row = row.slice(room);
    }
  }
  return [...rows, row].map((each) => each.replaceAll('\u00A0', ' '));
}

/** A text in exactly `width` columns; one that is too long ends in an ellipsis. */
export function inColumns(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text.padEnd(width);
}

/** Wrapped lines in at most `rows` rows; what does not fit ends in an ellipsis. */
export function fitLines(lines: readonly string[], width: number, rows: number): string[] {
  const all = lines.flatMap((line) => wrapText(line, width));
  if (all.length <= rows) return all;
  const kept = all.slice(0, Math.max(0, rows));
  const last = kept.pop();
  return last === undefined ? kept : [...kept, `${last.slice(0, width - 1)}…`];
}

/** The rows of a sentence, wrapped between words to so many columns, each under the indent of the sentence. */
export function indented(sentence: string, columns: number): string[] {
  const indent = /^ */.exec(sentence)?.[0] ?? '';
  return wrapText(sentence.slice(indent.length), columns - indent.length).map((row) => `${indent}${row}`);
}
