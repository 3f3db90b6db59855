// Check, as lines: the groups of checks as on the screen, then the checks of one and their queries.

import type { CheckResult } from '../../core/events.ts';
import { type CheckGroup, checkGroups } from '../../core/validate/check-groups.ts';
import { expectedText, foundText } from '../../core/validate/result-text.ts';
import { plainText } from '../../text/plain-text.ts';
import type { RunView } from '../../wizard/run-view.ts';
import type { WizardState } from '../../wizard/state.ts';
import {
  checkSentence,
  checkZone,
  claimIn,
  countedWords,
  curlLine,
  devToolsLines,
  diagnosisSentence,
  groupSentence,
  groupTitle,
  outcomeLines,
} from '../text/check-text.ts';
import { currentProblem } from '../text/problem.ts';
import { scenesOf } from '../text/scenes.ts';
import { SYMBOLS } from '../text/symbols.ts';
import { type Act, openChoices } from './open-choices.ts';
import type { PromptContext } from './prompter.ts';
import { askRecovery } from './recovery.ts';
import { settled } from './wait.ts';

const markOf = (ok: boolean) => (ok ? SYMBOLS.ok : SYMBOLS.failed);

function checkLine(group: CheckGroup, check: CheckResult): string {
  const values = `expected ${expectedText(check)}, found ${foundText(check)}`;
  return plainText(`    ${markOf(check.ok)} ${claimIn(group, check)}: ${values}`);
}

/** The outcome, why checks failed, and each group; under a group with failures the checks that failed. */
function outcome(state: WizardState, run: RunView): readonly string[] {
  const timeZone = checkZone(state);
  const counted = countedWords(run);
  const why = diagnosisSentence(run.checks, timeZone);
  const groups = checkGroups(run.checks).flatMap((group) => [
    `  ${markOf(group.failed === 0)} ${groupSentence(group, timeZone)}`,
    ...group.checks.filter(({ ok }) => !ok).map((check) => checkLine(group, check)),
  ]);
  const head = `${checkSentence(run)}${counted === '' ? '' : `; ${counted}`}`;
  return [head, ...(why === '' ? [] : [why]), ...groups];
}

async function showGroup({ prompter }: PromptContext, { checks }: RunView): Promise<void> {
  const group = await prompter.choose<CheckGroup | 'back'>('Which group?', [
    ...checkGroups(checks).map((each) => ({ name: groupTitle(each), value: each })),
    { name: 'Back', value: 'back' },
  ]);
  if (group !== 'back') for (const check of group.checks) prompter.say(checkLine(group, check));
}

async function showQuery({ session, prompter }: PromptContext, run: RunView): Promise<void> {
  const { settings } = session.getSnapshot().answers;
  const check = await prompter.choose<CheckResult | 'back'>('Which check?', [
    ...run.checks.map((each) => ({ name: plainText(each.title), value: each })),
    { name: 'Back', value: 'back' },
  ]);
  if (check === 'back') return;
  for (const line of devToolsLines(check.query)) prompter.show(plainText(line));
  for (const line of outcomeLines(check)) prompter.say(plainText(line));
  const user = settings.local ? undefined : settings.username;
  prompter.show(plainText(curlLine(run.done?.url || settings.url, check.query, user)));
}

/** The groups of checks, then one of them or a query for those who want it. */
export async function promptCheck(step: PromptContext): Promise<void> {
  const { session, prompter, alreadySaid } = step;
  const state = await settled(
    session,
    ({ run }) => run?.status === 'ended',
    ({ run }) => {
      if (run && run.checks.length === 0 && !alreadySaid.has(run)) {
        alreadySaid.add(run);
        prompter.say(checkSentence(run));
      }
    },
  );
  const { run } = state;
  if (state.ended || !run || state.step.name !== 'check') return undefined;
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (!alreadySaid.has(run.checks)) {
    alreadySaid.add(run.checks);
    for (const line of outcome(state, run)) prompter.say(line);
  }
  const failed = run.checks.filter(({ ok }) => !ok);
  const choice = await prompter.choose<
    CheckResult | Act | 'forward' | 'group' | 'query' | 'check-again' | 'back'
  >('Check', [
    { name: 'Continue', value: 'forward' },
    ...openChoices(step, scenesOf(state)),
    ...failed.map((each) => ({ name: `Show fixes for: ${plainText(each.title)}`, value: each })),
    { name: 'Show the checks of a group', value: 'group' },
    { name: 'Show the query of a check', value: 'query' },
    { name: 'Run all checks again', value: 'check-again' },
    { name: 'Back', value: 'back' },
  ]);
  if (typeof choice === 'function') return choice();
  if (typeof choice === 'object') return session.send({ type: 'check-panel', id: choice.id });
  if (choice === 'group') return showGroup(step, run);
  if (choice === 'query') return showQuery(step, run);
  return session.send({ type: choice });
}
