// Text that comes from a cluster must not be able to move the cursor or write to the clipboard.

const ESCAPES =
  // CSI sequences, OSC and other strings up to their end, and two-character escapes.
  /\u001B\[[0-?]*[ -/]*[@-~]|\u009B[0-?]*[ -/]*[@-~]|\u001B[\]PX^_][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|\u001B[ -/]*[0-~]/g;

/** One line without escape sequences, control characters and marks that change the writing direction. */
export function plainText(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, '');
}

/** Several lines, each cleaned; tabs become two spaces. */
export function plainLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => plainText(line.replaceAll('\t', '  ')));
}

/** Several lines of our own with parts from elsewhere: whatever could steer a terminal is left out, line ends stay. */
export function harmless(text: string): string {
  return text.split('\n').map(plainText).join('\n');
}

/** White space and control characters; and marks that change the direction of writing or take no room. */
const STEERING = /[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

/** One line without control characters, cut to a readable length. */
export function plainWords(text: string, length = 300): string {
  const line = text.replace(STEERING, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
