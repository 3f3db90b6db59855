// The part of a long list that is in view.

/** From (inclusive) and to (exclusive) so that the focus is inside and the rows are filled. */
export function listWindow(length: number, focus: number, rows: number): { from: number; to: number } {
  const room = Math.max(1, Math.min(rows, length));
  const from = Math.max(0, Math.min(focus - Math.floor(room / 2), length - room));
  return { from, to: from + room };
}

/** What the row at this place of the window says of the items that are not in view. */
export function moreWords(place: number, { from, to }: { from: number; to: number }, length: number): string {
  if (place === from && from > 0) return `   ↑ ${from} more`;
  return place === to - 1 && to < length ? `   ↓ ${length - to} more` : '';
}
