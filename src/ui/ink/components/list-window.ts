// The part of a long list that is in view.

/** From (inclusive) and to (exclusive) so that the focus is inside and the rows are filled. */
export function listWindow(length: number, focus: number, rows: number): { from: number; to: number } {
  const room = Math.max(1, Math.min(rows, length));
  const from = Math.max(0, Math.min(focus - Math.floor(room / 2), length - room));
  return { from, to: from + room };
}
