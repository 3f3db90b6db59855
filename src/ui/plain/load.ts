// Load, Check and Next, as lines and questions.
import type { CheckResult } from '../../core/events.ts';
import { plainText } from '../../text/plain-text.ts';
import { checkSentence, curlLine, devToolsLines, outcomeLines } from '../text/check-text.ts';
import { count } from '../text/format.ts';
import { loadSentence, loadShare, silentWords, speedWords } from '../text/load-text.ts';
import { type Advice, FINISH, nextAdvice, nextHead, removeMadeQuestion } from '../text/next-text.ts';
import { currentProblem } from '../text/problem.ts';
import { REMOVE_CHOICES } from '../text/start-text.ts';
import { SYMBOLS } from '../text/symbols.ts';
import { askRecovery, type PromptContext } from './connect.ts';
import { settled } from './wait.ts';

/** A line of progress this often. */
const LINE_MS = 5000;

/** The load: a line every five seconds, then what came of it. */
export async function promptLoad(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  let nextMs = 0;
  const state = await settled(
    session,
    ({ step: now, run }) => now.name !== 'load' || now.view === 'silent' || run?.status === 'ended',
    ({ run }) => {
      const elapsedMs = run?.progress?.elapsedMs ?? 0;
      if (!run?.progress || elapsedMs < nextMs) return;
      nextMs = elapsedMs + LINE_MS;
      const { acknowledged, planned, percent } = loadShare(run);
      const silent = silentWords(run);
      prompter.say(
        `  ${percent} %  ${count(acknowledged)} of about ${count(planned)} documents · ${speedWords(run)}`,
      );
      if (silent !== '') prompter.say(`  ! ${plainText(silent)}`);
    },
  );
  if (state.ended || state.step.name !== 'load') return undefined;
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (state.run) prompter.say(plainText(loadSentence(state.run)));
  const choice = await prompter.choose('Load', [
    { name: 'To the checks', value: 'forward' as const },
    { name: 'Back', value: 'back' as const },
  ]);
  return session.send({ type: choice });
}

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
        prompter.say(plainText(`  ${mark} ${check.title}: expected ${check.expected}, found ${check.found}`));
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
    ...failed.map((each) => ({ name: `What can be done about: ${plainText(each.title)}`, value: each })),
    { name: 'Show the query of a check', value: 'query' },
    { name: 'Check again', value: 'check-again' },
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

/** What to do with the demo. */
export async function promptNext(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  const state = await settled(session, ({ step: now }) => now.name !== 'next' || now.view !== 'removing');
  if (state.ended || state.step.name !== 'next') return undefined;
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (state.step.view === 'remove') {
    const answer = await prompter.choose(
      removeMadeQuestion(state),
      REMOVE_CHOICES.map((name, place) => ({ name, value: place })),
    );
    return session.send({ type: answer === 0 ? 'back' : 'remove-run' });
  }
  if (state.run?.removed !== undefined) prompter.say(nextHead(state));
  const advice = nextAdvice(state, session.services.program);
  const choice = await prompter.choose<Advice | 'forward' | 'back'>('Your demo', [
    { name: FINISH, value: 'forward' as const },
    ...advice.map((each) => ({ name: each.title, value: each })),
    { name: 'Back', value: 'back' as const },
  ]);
  if (typeof choice === 'string') return session.send({ type: choice });
  if (choice.action === 'remove') return session.send({ type: 'ask-remove' });
  for (const line of choice.lines) {
    if (line === choice.copy) prompter.show(plainText(line));
    else prompter.say(`  ${plainText(line)}`);
  }
  return undefined;
}
