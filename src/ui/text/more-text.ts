// That a list goes on above or below what is in view.

/** What the row at this place of the window says of the items that are not in view. */
export function moreWords(place: number, { from, to }: { from: number; to: number }, length: number): string {
  if (place === from && from > 0) return `   ↑ ${from} more`;
  return place === to - 1 && to < length ? `   ↓ ${length - to} more` : '';
}
