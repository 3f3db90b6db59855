// Check, as lines: what each check found, then its query for those who want it.

import type { CheckResult } from '../../core/events.ts';
import { expectedText, foundText } from '../../core/validate/result-text.ts';
import { plainText } from '../../text/plain-text.ts';
import { checkSentence, curlLine, devToolsLines, outcomeLines } from '../text/check-text.ts';
import { currentProblem } from '../text/problem.ts';
import { SYMBOLS } from '../text/symbols.ts';
import type { PromptContext } from './prompter.ts';
import { askRecovery } from './recovery.ts';
import { settled } from './wait.ts';

/** The checks, one line each, then their queries for those who want them. */
export async function promptCheck(step: PromptContext): Promise<void> {
  const { session, prompter, alreadySaid } = step;
  const state = await settled(
    session,
    ({ run }) => run?.status === 'ended',
    ({ run }) => {
      for (const check of run?.checks.filter((each) => !alreadySaid.has(each)) ?? []) {
        alreadySaid.add(check);
        const mark = check.ok ? SYMBOLS.ok : SYMBOLS.failed;
        prompter.say(
          plainText(`  ${mark} ${check.title}: expected ${expectedText(check)}, found ${foundText(check)}`),
        );
      }
    },
  );
  const { run, answers } = state;
  if (state.ended || !run || state.step.name !== 'check') return undefined;
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  prompter.say(checkSentence(run));
  const failed = run.checks.filter(({ ok }) => !ok);
  const choice = await prompter.choose<CheckResult | 'forward' | 'query' | 'check-again' | 'back'>('Check', [
    { name: 'Continue', value: 'forward' },
    ...failed.map((each) => ({ name: `Show fixes for: ${plainText(each.title)}`, value: each })),
    { name: 'Show the query of a check', value: 'query' },
    { name: 'Run all checks again', value: 'check-again' },
    { name: 'Back', value: 'back' },
  ]);
  if (typeof choice === 'object') return session.send({ type: 'check-panel', id: choice.id });
  if (choice !== 'query') return session.send({ type: choice });
  const check = await prompter.choose<CheckResult | 'back'>('Which check?', [
    ...run.checks.map((each) => ({ name: plainText(each.title), value: each })),
    { name: 'Back', value: 'back' },
  ]);
  if (check === 'back') return undefined;
  for (const line of devToolsLines(check.query)) prompter.show(plainText(line));
  for (const line of outcomeLines(check)) prompter.say(plainText(line));
  const user = answers.settings.local ? undefined : answers.settings.username;
  prompter.show(plainText(curlLine(run.done?.url ?? answers.settings.url, check.query, user)));
  return undefined;
}
