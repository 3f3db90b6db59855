// Next, as questions: what can be done with the demo.
import { plainText } from '../../text/plain-text.ts';
import { type Advice, FINISH, nextAdvice, nextHead, removeMadeQuestion } from '../text/next-text.ts';
import { currentProblem } from '../text/problem.ts';
import { REMOVE_CHOICES } from '../text/start-text.ts';
import type { PromptContext } from './prompter.ts';
import { askRecovery } from './recovery.ts';
import { settled } from './wait.ts';

/** What to do with the demo. */
export async function promptNext(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  const state = await settled(
    session,
    ({ step: now, dashboards }) =>
      now.name !== 'next' || (now.view !== 'removing' && dashboards.state !== 'installing'),
  );
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
  if (choice.action === 'install') return session.send({ type: 'install-dashboards' });
  if (choice.action === 'remove') return session.send({ type: 'ask-remove' });
  for (const line of choice.lines) {
    if (line === choice.copy) prompter.show(plainText(line));
    else prompter.say(`  ${plainText(line)}`);
  }
  return undefined;
}
