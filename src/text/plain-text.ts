// Text from elsewhere must not be able to move the cursor, write to the clipboard or reverse the direction of a line.

const ESCAPES =
  // CSI sequences, OSC and other strings up to their end, and two-character escapes.
  /\u001B\[[0-?]*[ -/]*[@-~]|\u009B[0-?]*[ -/]*[@-~]|\u001B[\]PX^_][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|\u001B[ -/]*[0-~]/g;

/** Control characters, and marks that are invisible or change the direction of writing. */
const STEERING = '\\p{Cc}\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF';
const EACH = new RegExp(`[${STEERING}]`, 'gu');
const WITH_SPACE = new RegExp(`[\\s${STEERING}]+`, 'gu');

/** True when a text has a character that can steer a terminal or hide what it says. */
export function canSteer(text: string): boolean {
  return text.search(EACH) >= 0;
}

/** One line without escape sequences, control characters and marks that change the writing direction. */
export function plainText(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(EACH, '');
}

/** Several lines, each cleaned; tabs become two spaces. */
export function plainLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => plainText(line.replaceAll('\t', '  ')));
}

/** Several lines of our own with parts from elsewhere: whatever could steer a terminal is left out, line ends stay. */
export function harmless(text: string): string {
  return text.split('\n').map(plainText).join('\n');
}

/** Longest text that is looked at: answers of a server may have any length. */
const LOOKED_AT = 10_000;

/** One line without control characters, cut to a readable length. */
export function plainWords(text: string, length = 300): string {
  const line = text.slice(0, LOOKED_AT).replace(WITH_SPACE, ' ').trim();
  return line.length > length || text.length > LOOKED_AT ? `${line.slice(0, length - 1)}…` : line;
}

/** The same of a value that should be a text or a number; empty for anything else. */
export function wordsOf(value: unknown, length?: number): string {
  return typeof value === 'string' || typeof value === 'number' ? plainWords(String(value), length) : '';
}

/** The same of a page: without its markup. */
export function pageWords(text: string, length?: number): string {
  return plainWords(text.slice(0, LOOKED_AT).replace(/<[^<>]*>/g, ' '), length);
}
