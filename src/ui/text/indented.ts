// A sentence as rows that keep its indent.
import { wrapText } from './wrap.ts';

/** The rows of a sentence, wrapped between words to so many columns, each under the indent of the sentence. */
export function indented(sentence: string, columns: number): string[] {
  const indent = /^ */.exec(sentence)?.[0] ?? '';
  return wrapText(sentence.slice(indent.length), columns - indent.length).map((row) => `${indent}${row}`);
}
