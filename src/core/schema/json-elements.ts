// Where the elements of a JSON list stand, so that a sentence about one can name its line.

/** A text without escapes, an escape and its character, or a quote: what moves through a string. */
const STRING = /"(?:[^"\\]|\\.)*"/y;

/** The line, from 1, on which each element of the list begins. @param text JSON whose value is a list. */
export function elementLines(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let expected = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '\n') line++;
    if (/[\s,:]/.test(sign)) {
      expected ||= sign === ',' && depth === 1;
      continue;
    }
    if (expected && sign !== ']') lines.push(line);
    expected = false;
    if (sign === '[' || sign === '{') {
      depth++;
      expected = depth === 1;
    } else if (sign === ']' || sign === '}') depth--;
    else if (sign === '"') {
      STRING.lastIndex = at;
      at += (STRING.exec(text)?.[0].length ?? 1) - 1;
    }
  }
  return lines;
}
