// The figures of a benchmark as tables.

type Cell = string | number;

/** Columns padded with spaces; the first one stands left, the others right. */
export function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))),
    )
    .map((cells) => cells.join('   '))
    .join('\n');
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
