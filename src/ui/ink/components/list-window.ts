// The part of a long list that is in view.

/** From (inclusive) and to (exclusive) so that the focus is inside and the rows are filled. */
export function listWindow(length: number, focus: number, rows: number): { from: number; to: number } {
  const room = Math.max(1, Math.min(rows, length));
  const from = Math.max(0, Math.min(focus - Math.floor(room / 2), length - room));
  return { from, to: from + room };
}

/**
 * The same for items that take several rows each: as many whole items around the focus as fit, and the rows they take.
 * The item in focus is always there.
 */
export function windowOfHeights(
  heights: readonly number[],
  focus: number,
  rows: number,
): { from: number; to: number; rows: number } {
  const place = Math.max(0, Math.min(focus, heights.length - 1));
  let [from, to, taken] = [place, Math.min(place + 1, heights.length), heights[place] ?? 0];
  for (let grown = true; grown; ) {
    const [before, after] = [heights[from - 1], heights[to]];
    const fits = (height: number | undefined) => height !== undefined && taken + height <= rows;
    // On the side where fewer are in view, so that the focus stays in the middle.
    const up = fits(before) && (place - from <= to - place - 1 || !fits(after));
    grown = up || fits(after);
    if (!grown) break;
    taken += (up ? before : after) ?? 0;
    if (up) from--;
    else to++;
  }
  return { from, to, rows: taken };
}

/** What the row at this place of the window says of the items that are not in view. */
export function moreWords(place: number, { from, to }: { from: number; to: number }, length: number): string {
  if (place === from && from > 0) return `   ↑ ${from} more`;
  return place === to - 1 && to < length ? `   ↓ ${length - to} more` : '';
}
