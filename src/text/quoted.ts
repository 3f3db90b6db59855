// How a value from elsewhere is quoted inside a sentence: cut, since no one reads a whole file in one sentence.

const MAX_CHARACTERS = 80;

/** A text of at max `max` characters, then an ellipsis. */
export function cut(text: string, max = MAX_CHARACTERS): string {
  // Twice as many code units hold every character, so that a huge text is not taken apart as a whole.
  const characters = Array.from(text.slice(0, 2 * max + 2));
  return characters.length > max ? `${characters.slice(0, max).join('')}…` : text;
}

/** A text in quotes, cut. */
export function quoted(text: string): string {
  return `"${cut(text)}"`;
}

/** A word as a POSIX shell takes it. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
