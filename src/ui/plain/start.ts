// The question about an unfinished run.
import type { StartChoice } from '../../wizard/events.ts';
import { currentProblem } from '../text/problem.ts';
import {
  REMOVE_CHOICES,
  removeQuestion,
  startDetails,
  startFacts,
  startHead,
  startOptions,
} from '../text/start-text.ts';
import type { PromptContext } from './prompter.ts';
import { askRecovery } from './recovery.ts';
import { settled } from './wait.ts';

/** One round before the first step. */
export async function promptStart(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  const state = await settled(
    session,
    ({ step: now, leftovers }) =>
      now.name !== 'start' || (now.view !== 'removing' && leftovers.state !== 'looking'),
  );
  if (state.ended || state.step.name !== 'start') return undefined;
  if (state.notice) prompter.say(state.notice);
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (state.step.view === 'remove') {
    const answer = await prompter.choose(
      removeQuestion(state),
      REMOVE_CHOICES.map((name, place) => ({ name, value: place })),
    );
    return session.send({ type: answer === 0 ? 'back' : 'remove-run' });
  }
  prompter.say(`! ${startHead(state)}`);
  for (const { label, text } of startFacts(state)) prompter.say(`  ${label.padEnd(14)}${text}`);
  const choice = await prompter.choose<StartChoice | 'details'>(
    'What do you want to do with it?',
    startOptions(state).map(({ choice: value, label, hint }) => ({
      name: hint === '' ? label : `${label} (${hint})`,
      value,
    })),
  );
  if (choice !== 'details') return session.send({ type: 'start-choice', choice });
  for (const line of startDetails(state, session.services.program)) prompter.show(line);
  return undefined;
}
