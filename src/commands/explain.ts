// `explain CODE`: the table of errors, one entry at a time.

import { ERRORS, type ErrorCode, explainCode, isErrorCode, usage } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Command } from './context.ts';

export const explainCommand: Command = async ({ invocation, out }) => {
  const [word] = invocation.words;
  const codes = Object.keys(ERRORS) as ErrorCode[];
  if (word === undefined) {
    for (const code of codes) out(`${code.padEnd(24)}${explainCode(code).sentence}`);
    return 0;
  }
  const code = word.toLowerCase();
  if (!isErrorCode(code)) {
    const hint = didYouMean(code, codes) ?? 'incident-demo explain lists them';
    throw usage(`There is no error code ${quoted(word)}; ${hint}`);
  }
  const { sentence, why, actions } = explainCode(code);
  out(`${code} (exit code ${ERRORS[code].exit})`);
  out(`  What happened  ${sentence}`);
  if (why !== '') out(`  Why            ${why}`);
  for (const action of actions) out(`  What to do     ${action}`);
  return 0;
};
