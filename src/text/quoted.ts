// How a value from elsewhere is quoted inside a sentence: cut, since no one reads a whole file in one sentence.

const MAX_CHARACTERS = 80;

/** A text of at max `max` characters, then an ellipsis. */
export function cut(text: string, max = MAX_CHARACTERS): string {
  // Twice as many code units hold every character, so that a huge text is not taken apart as a whole.
  const characters = Array.from(text.slice(0, 2 * max + 2));
  return characters.length > max ? `${characters.slice(0, max).join('')}…` : text;
}

/** An address with a sign-in in it, or a part of one: a shell splits it at a space, and a comma separates nodes. */
const maySignIn = (text: string) => /[@\uFF20]|%40|:\/\//i.test(text);

/** A text that was typed, cut; what may hold a password is not repeated. */
export function repeated(text: string): string {
  return maySignIn(text) ? '(not shown: it may hold a password)' : cut(text);
}

/** A text that was typed, in quotes, cut; what may hold a password is not repeated. */
export function quoted(text: string): string {
  return maySignIn(text) ? repeated(text) : `"${cut(text)}"`;
}

/** A word as a POSIX shell takes it. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
