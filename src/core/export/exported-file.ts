// A file in the format of others.

export interface ExportedFile {
  /** Below the folder of the data set, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What a file of this path begins with when it is ours, and so may be replaced. */
  readonly ours: RegExp;
}

/** A row of comma-separated values; what holds a comma, a quote or a line end is quoted. */
export function csvLine(cells: readonly (string | number)[]): string {
  const cell = (value: string | number) => {
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return cells.map(cell).join(',');
}
