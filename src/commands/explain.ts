// `explain CODE`: the table of errors, one entry at a time.

import { ERRORS, type ErrorCode, type ErrorSpec, usage } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Command } from './context.ts';

const isCode = (word: string): word is ErrorCode => Object.hasOwn(ERRORS, word);

/** `{address}` reads as ADDRESS where nothing is filled in; conditions are left out. */
const named = (template: string) =>
  template.replace(/\{(\??)(\w+)\}/g, (_, condition: string, name: string) =>
    condition ? '' : name.toUpperCase(),
  );

export const explainCommand: Command = async ({ invocation, out }) => {
  const [word] = invocation.words;
  const codes = Object.keys(ERRORS);
  if (word === undefined) {
    for (const code of codes) out(`${code.padEnd(24)}${named(ERRORS[code as ErrorCode].sentence)}`);
    return 0;
  }
  const code = word.toLowerCase();
  if (!isCode(code)) {
    const hint = didYouMean(code, codes) ?? 'incident-demo explain lists them';
    throw usage(`There is no error code ${quoted(word)}; ${hint}`);
  }
  const spec: ErrorSpec = ERRORS[code];
  out(`${code} (exit code ${spec.exit})`);
  out(`  What happened  ${named(spec.sentence)}`);
  out(`  Why            ${named(spec.why)}`);
  for (const action of spec.actions) out(`  What to do     ${named(action)}`);
  return 0;
};
