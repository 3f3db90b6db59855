// How a value from elsewhere is quoted inside a sentence: a whole file in one sentence is read by nobody.

const LONGEST = 80;

/** A text of at most so many characters and an ellipsis. */
export function cut(text: string, most = LONGEST): string {
  // Twice as many code units hold every character, so that a huge text is not taken apart as a whole.
  const signs = Array.from(text.slice(0, 2 * most + 2));
  return signs.length > most ? `${signs.slice(0, most).join('')}…` : text;
}

/** A text in quotes, cut. */
export function quoted(text: string): string {
  return `"${cut(text)}"`;
}

/** A word as a POSIX shell takes it. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
