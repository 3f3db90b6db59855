// Review, as questions: what will be written is told before it is asked.
import { asAppError } from '../../errors/app-error.ts';
import { parseIndex } from '../../options/values.ts';
import { plannedOf, type Wizard } from '../../wizard/state.ts';
import { insecureWords } from '../text/connect-text.ts';
import { indexLines, indexOptions } from '../text/index-text.ts';
import { currentProblem } from '../text/problem.ts';
import { repeatCommand, repeatWords, reviewFacts, writtenWords } from '../text/review-text.ts';
import { askRecovery, type Step } from './connect.ts';
import { settled } from './wait.ts';

async function askName({ session, talk }: Step): Promise<void> {
  const name = await talk.text({
    message: 'Name of the index',
    initial: session.getSnapshot().answers.settings.index,
    validate: (value) => {
      try {
        return parseIndex(value.trim()) === '' ? 'The name is empty' : true;
      } catch (error) {
        return asAppError(error).message;
      }
    },
  });
  session.send({ type: 'index-name', name });
}

async function askIndex(step: Step, state: Wizard): Promise<void> {
  const { place } = state;
  const { session, talk } = step;
  if (place.state !== 'taken') return askName(step);
  const planned = plannedOf(state);
  talk.say(`! The index ${place.index.name} exists already`);
  for (const line of indexLines(place.index, planned)) talk.say(`  ${line}`);
  const choice = await talk.choose(`What shall be done? ${writtenWords(state)}`, [
    ...indexOptions(place.index, place.freeName, planned, state.answers.settings.part).map(
      ({ choice: value, label, hint }) => ({
        name: hint === '' ? label : `${label} (${hint})`,
        value,
      }),
    ),
    { name: 'Back', value: 'back' as const },
  ]);
  if (choice === 'back') return session.send({ type: 'back' });
  if (choice === 'name') return askName(step);
  session.send({ type: 'index-choice', choice });
  if (choice === 'replace') {
    const name = await talk.text({ message: `Type ${place.index.name} to delete it when loading begins` });
    session.send({ type: 'replace-name', name });
    const { notice } = session.getSnapshot();
    if (notice) talk.say(notice);
  }
  return undefined;
}

/** One round of Review. */
export async function reviewStep(step: Step): Promise<void> {
  const { session, talk } = step;
  const state = await settled(
    session,
    ({ place, step: { name } }) => place.state !== 'looking' || name !== 'review',
  );
  if (state.step.name !== 'review') return undefined;
  if (state.notice) talk.say(`! ${state.notice}`);
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (state.step.view === 'replace') return session.send({ type: 'back' });
  if (state.step.view !== 'summary') return askIndex(step, state);
  for (const { label, lines } of reviewFacts(state)) {
    for (const [place, line] of lines.entries()) {
      talk.say(`  ${(place === 0 ? label : '').padEnd(11)}${line}`);
    }
  }
  const unchecked = insecureWords(state);
  if (unchecked !== '') talk.say(`! ${unchecked}`);
  talk.say(repeatWords(state));
  talk.show(repeatCommand(state, session.services));
  const choice = await talk.choose(`Ready? ${writtenWords(state)}`, [
    { name: 'Load now', value: 'forward' as const },
    { name: 'Change the cluster', value: 'connect' as const },
    { name: 'Change the incidents', value: 'scenario' as const },
    { name: 'Change the data', value: 'tune' as const },
    { name: 'Change the index', value: 'index' as const },
    { name: 'Back', value: 'back' as const },
  ]);
  if (choice === 'forward' || choice === 'back') return session.send({ type: choice });
  if (choice === 'index') return askIndex(step, state);
  return session.send({ type: 'go', to: choice });
}
