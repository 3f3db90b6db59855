// The nearest known word to a misspelt one, for "did you mean".

/** Edits (insert, delete, replace) between two words: Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word within two edits (three for long words) of the given one, or undefined. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((candidate) => ({ candidate, edits: distance(word.slice(0, 60), candidate) }))
    .sort((a, b) => a.edits - b.edits)[0];
  return near && near.edits <= (word.length > 8 ? 3 : 2) ? near.candidate : undefined;
}
