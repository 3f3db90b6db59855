// Sentences of errors as patterns, so that a test need not repeat their words.
import { AppError, type ErrorCode } from '../../src/errors/app-error.ts';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The sentence of an error, with a pattern in the place of each of its values. */
export function sentenceOf(code: ErrorCode, patterns: Readonly<Record<string, string>>): RegExp {
  const names = Object.keys(patterns);
  const { message } = new AppError(code, Object.fromEntries(names.map((name) => [name, `<<${name}>>`])));
  return new RegExp(
    names.reduce((text, name) => text.replace(`<<${name}>>`, patterns[name] ?? ''), escaped(message)),
  );
}
