// Text from a cluster, made harmless for a terminal.

/** White space and control characters; and marks that change the direction of writing or take no room. */
const STEERING = /[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

/** One line without control characters, cut to a readable length. */
export function plainWords(text: string, length = 300): string {
  const line = text.replace(STEERING, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
