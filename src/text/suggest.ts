// The known words that a misspelled one may have meant, for "did you mean".
import { distance } from 'fastest-levenshtein';

const MAX_SUGGESTIONS = 2;
/** A shorter prefix fits too many words. */
const MIN_PREFIX = 3;

const letters = (word: string) => Array.from(word).sort().join('');

/** Edits between two words. Swapped letters (`dyas`) are the commonest typo, so they count as one edit. */
const edits = (a: string, b: string) => (a !== b && letters(a) === letters(b) ? 1 : distance(a, b));

/** The word with the fewest edits, at most one for three letters; else the few that begin alike (`out`: `output-dir`). */
function nearest(word: string, known: readonly string[]): readonly string[] {
  const [near] = known
    .map((candidate) => ({ candidate, count: edits(word, candidate) }))
    .filter(({ candidate, count }) => count * 3 <= Math.max(word.length, candidate.length))
    .sort((a, b) => a.count - b.count);
  if (near) return [near.candidate];
  const [head = ''] = word.split('-');
  const startingWith = (text: string) =>
    text.length < MIN_PREFIX ? [] : known.filter((candidate) => candidate.startsWith(text));
  const alike = [startingWith(word), startingWith(head)].find((found) => found.length > 0) ?? [];
  return alike.length > MAX_SUGGESTIONS ? [] : alike;
}

/**
 * The end of a sentence: `did you mean --days?`, or undefined when no known word is near.
 * @param meant what other programs call a known word, with that word.
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
