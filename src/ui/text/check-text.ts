// Checks in words, and their queries as they are typed into Dev Tools or a shell.
import type { CheckResult } from '../../core/events.ts';
import { expectedText, foundText } from '../../core/validate/result-text.ts';
import { plainText } from '../../text/plain-text.ts';
import type { RunView } from '../../wizard/state.ts';
import { checks } from './format.ts';

export { curlLine, devToolsLines } from '../../core/validate/query-text.ts';

/** `All 12 checks passed`, `3 of 12 checks failed`, `7 of 12 checks done`. */
export function checkSentence({ checks: results, total, status, done }: RunView): string {
  const failed = results.filter(({ ok }) => !ok).length;
  const all = Math.max(total ?? 0, results.length);
  const running = status === 'checking' || (status !== 'ended' && !done);
  if (running && all === 0) return 'Running the checks …';
  if (running) return `${results.length} of ${checks(all)} done${failed > 0 ? `, ${failed} failed` : ''} …`;
  if (all === 0) return 'No checks were run';
  if (failed > 0) return `${failed} of ${checks(all)} failed`;
  return results.length < all ? `${results.length} of ${checks(all)} done` : `All ${checks(all)} passed`;
}

/** What a check is about, and its claim: `Memory pressure: Slowest transaction` belongs to `Memory pressure`. */
export function claimOf({ title }: CheckResult): { readonly about: string; readonly claim: string } {
  const [, about = '', claim = title] = /^(.*?): (.+)$/s.exec(title) ?? [];
  return { about: plainText(about), claim: plainText(claim) };
}

/** A row of the list: what the checks below it are about, or the check at this place. */
export type CheckItem = { readonly about: string } | { readonly place: number; readonly check: CheckResult };

/** The checks as rows, with a heading wherever they begin to be about something else. */
export function checkItems(results: readonly CheckResult[]): readonly CheckItem[] {
  return results.flatMap((check, place): CheckItem[] => {
    const { about } = claimOf(check);
    const before = results[place - 1];
    const heading = about !== '' && (!before || claimOf(before).about !== about);
    return [...(heading ? [{ about }] : []), { place, check }];
  });
}

/** What was expected and what was found, one line each. */
export function outcomeLines(check: CheckResult): readonly string[] {
  const { ok, ms } = check;
  return [
    `Expected  ${expectedText(check)}`,
    `Found     ${foundText(check)}${ok ? '' : '   (does not match)'}`,
    `Took      ${Math.round(ms)} ms`,
  ];
}
