// The known words that a misspelt one may have meant, for "did you mean".

/** Edits (insert, delete, replace, swap neighbours) between two words: the optimal string alignment distance. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] ?? 0) + 1
          : replaced;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** More names than this are no help. */
const MOST = 2;
/** Fewer letters begin too many words. */
const LEAST = 3;

/** The word with the fewest edits, at most one for three letters; else the few that begin alike (`out`: `output-dir`). */
function nearest(word: string, known: readonly string[]): readonly string[] {
  const [near] = known
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .filter(({ candidate, edits }) => edits * 3 <= Math.max(word.length, candidate.length))
    .sort((a, b) => a.edits - b.edits);
  if (near) return [near.candidate];
  const [head = ''] = word.split('-');
  const beginning = (text: string) =>
    text.length < LEAST ? [] : known.filter((candidate) => candidate.startsWith(text));
  const alike = [beginning(word), beginning(head)].find((found) => found.length > 0) ?? [];
  return alike.length > MOST ? [] : alike;
}

/**
 * The end of a sentence: `did you mean --days?`, or undefined when no known word is near.
 * @param meant words that people use for a known one, with that one.
 */
export function didYouMean(
  word: string,
  known: readonly string[],
  { prefix = '', meant = {} }: { prefix?: string; meant?: Readonly<Record<string, string>> } = {},
): string | undefined {
  const text = word.slice(0, 60);
  const synonym = Object.hasOwn(meant, text) ? meant[text] : undefined;
  const names = synonym ? [synonym] : nearest(text, known);
  return names.length > 0
    ? `did you mean ${names.map((name) => `${prefix}${name}`).join(' or ')}?`
    : undefined;
}
