// Text from a cluster, made harmless for a terminal.

/** One line without control characters, cut to a readable length. */
export function plainWords(text: string, length = 300): string {
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
