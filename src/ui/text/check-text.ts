// Checks in words, and their queries as they are typed into Dev Tools or a shell.
import type { CheckResult } from '../../core/events.ts';
import type { CheckGroup } from '../../core/validate/check-groups.ts';
import { type Diagnosis, type DifferingSpan, diagnose } from '../../core/validate/diagnosis.ts';
import { windowOfTitle } from '../../core/validate/read-results.ts';
import { expectedText, foundText } from '../../core/validate/result-text.ts';
import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { demoOf } from '../../wizard/demo.ts';
import type { RunView } from '../../wizard/run-view.ts';
import type { WizardState } from '../../wizard/state.ts';
import { checks, documents } from './format.ts';
import { momentWords, wallClock } from './when.ts';

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

/** `273,323 documents, none missing`; empty while they are not counted, or when the count is wrong. */
export function countedWords({ checks: results }: RunView): string {
  const count = results.find(({ id }) => id === 'count');
  return count?.ok ? `${documents(Number(count.found))}, none missing` : '';
}

/** The zone in which the times of the data are shown: that of the data, as far as it is known. */
export function checkZone(state: WizardState): string {
  return demoOf(state)?.forecast.timeZone ?? 'UTC';
}

/** `Tue 24 Nov 14:25-14:35`; with its day at the end too, when that is another one. */
function spanWords(fromMs: number, toMs: number, timeZone: string): string {
  const [start, end] = [wallClock(fromMs, timeZone), wallClock(toMs, timeZone)];
  const until = start.day === end.day ? `-${end.time.slice(0, 5)}` : ` to ${momentWords(toMs, timeZone)}`;
  return `${momentWords(fromMs, timeZone)}${until}`;
}

/** Hours that differ, or the window of an incident. */
function whereWords({ fromMs, toMs, hours }: DifferingSpan, timeZone: string): string {
  const inARow = (toMs - fromMs) / 3_600_000;
  if (hours === 0 || hours === inARow) return spanWords(fromMs, toMs, timeZone);
  return `${grouped(hours)} hours between ${momentWords(fromMs, timeZone)} and ${momentWords(toMs, timeZone)}`;
}

function causeWords(diagnosis: Diagnosis, timeZone: string): string {
  const where = (word: string) =>
    'span' in diagnosis && diagnosis.span ? ` ${word} ${whereWords(diagnosis.span, timeZone)}` : '';
  switch (diagnosis.cause) {
    case 'missing':
      return `${documents(diagnosis.documents)} ${diagnosis.documents === 1 ? 'is' : 'are'} missing${where('from')}`;
    case 'extra':
      return `${documents(diagnosis.documents)} more than planned${where('in')}`;
    case 'changed':
      return diagnosis.fields.length > 0
        ? `No document is missing, but values differ: ${diagnosis.fields.join(', ')}`
        : `No document is missing, but timestamps differ${where('in')}`;
    case 'rejected':
      return `${checks(diagnosis.follows.length)} got the same answer: ${plainText(diagnosis.answer)}`;
  }
}

/** Why checks failed, in one sentence; empty when none failed, or when the checks show no common cause. */
export function diagnosisSentence(results: readonly CheckResult[], timeZone: string): string {
  const diagnosis = diagnose(results);
  if (!diagnosis) return '';
  const { cause, follows, others } = diagnosis;
  const more = follows.length;
  const consequence =
    cause === 'rejected' || more === 0
      ? ''
      : `; ${checks(more)} ${more === 1 ? 'follows' : 'follow'} from that`;
  const apart = others.length === 0 ? '' : `; ${others.length} ${others.length === 1 ? 'does' : 'do'} not`;
  return `${causeWords(diagnosis, timeZone)}${consequence}${consequence === '' ? '' : apart}`;
}

/** What the group is called: `Data as planned`, `Payment gateway timeout`, `18 random incidents`. */
export function groupTitle({ kind, title, checks: { length } }: CheckGroup): string {
  switch (kind) {
    case 'data':
      return 'Data as planned';
    case 'normal':
      return 'Normal operation';
    case 'random':
      return `${grouped(length)} random ${length === 1 ? 'incident' : 'incidents'}`;
    case 'preset':
      return plainText(title);
  }
}

/** What the group is about: when the incident was, or what is checked; empty when that is not known. */
export function groupAbout({ kind, window }: CheckGroup, timeZone: string): string {
  switch (kind) {
    case 'data':
      return 'count, totals, hours, health';
    case 'normal':
      return 'traffic, errors, p50, p99, rules';
    case 'random':
      return 'each with its exact errors';
    case 'preset':
      return window ? spanWords(window.startMs, window.endMs, timeZone) : '';
  }
}

/** `18`, or of a group with failures `3 of 18`. */
export function groupCount({ failed, checks: { length } }: CheckGroup): string {
  return failed > 0 ? `${failed} of ${length}` : String(length);
}

/** A group in one sentence: `Memory pressure (Tue 24 Nov 18:30-18:45): 11 checks passed`. */
export function groupSentence(group: CheckGroup, timeZone: string): string {
  const about = groupAbout(group, timeZone);
  const all = checks(group.checks.length);
  const outcome = group.failed > 0 ? `${group.failed} of ${all} failed` : `${all} passed`;
  return `${groupTitle(group)}${about === '' ? '' : ` (${about})`}: ${outcome}`;
}

/** The claim of a check inside its group: the title of the incident is not repeated there. */
export function claimIn({ kind, title: incident }: CheckGroup, { title }: CheckResult): string {
  if (kind !== 'preset') return plainText(title);
  if (windowOfTitle(title)) return 'Failed transactions by code, slowest one';
  return plainText(title.startsWith(`${incident}: `) ? title.slice(incident.length + 2) : title);
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
