// Review, as questions: what will be written is printed before the prompt.
import { asAppError } from '../../errors/app-error.ts';
import { parseIndex } from '../../options/values.ts';
import { mayRestoreDefaults } from '../../wizard/defaults.ts';
import { plannedOf, type WizardState } from '../../wizard/state.ts';
import { insecureWords } from '../text/connect-text.ts';
import { currentProblem } from '../text/problem.ts';
import { indexLines, indexOptions } from '../text/review-index-text.ts';
import {
  dashboardsChoice,
  offersDashboards,
  repeatCommand,
  repeatWords,
  reviewFacts,
  writtenWords,
} from '../text/review-text.ts';
import type { PromptContext } from './prompter.ts';
import { askRecovery } from './recovery.ts';
import { settled } from './wait.ts';

async function askName({ session, prompter }: PromptContext): Promise<void> {
  const name = await prompter.text({
    message: 'Index name',
    initial: session.getSnapshot().answers.settings.index,
    validate: (value) => {
      try {
        return parseIndex(value.trim()) === '' ? 'Enter a name' : true;
      } catch (error) {
        return asAppError(error).message;
      }
    },
  });
  session.send({ type: 'index-name', name });
}

async function askIndex(step: PromptContext, state: WizardState): Promise<void> {
  const { indexStatus } = state;
  const { session, prompter } = step;
  if (indexStatus.state !== 'taken') return askName(step);
  const planned = plannedOf(state);
  prompter.say(`! Index ${indexStatus.index.name} already exists`);
  for (const line of indexLines(indexStatus.index, planned)) prompter.say(`  ${line}`);
  const choice = await prompter.choose(`What do you want to do? ${writtenWords(state)}`, [
    ...indexOptions(indexStatus.index, indexStatus.freeName, planned, state.answers.settings.part).map(
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
    const name = await prompter.text({
      message: `Type ${indexStatus.index.name} to delete it when loading starts`,
    });
    session.send({ type: 'replace-name', name });
    const { notice } = session.getSnapshot();
    if (notice) prompter.say(notice);
  }
  return undefined;
}

/** One round of Review. */
export async function promptReview(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  const state = await settled(
    session,
    ({ indexStatus, step: { name } }) => indexStatus.state !== 'looking' || name !== 'review',
  );
  if (state.step.name !== 'review') return undefined;
  if (state.notice) prompter.say(`! ${state.notice}`);
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (state.step.view === 'replace') return session.send({ type: 'back' });
  if (state.step.view !== 'summary') return askIndex(step, state);
  for (const { label, lines } of reviewFacts(state)) {
    for (const [place, line] of lines.entries()) {
      prompter.say(`  ${(place === 0 ? label : '').padEnd(11)}${line}`);
    }
  }
  const unchecked = insecureWords(state);
  if (unchecked !== '') prompter.say(`! ${unchecked}`);
  prompter.say(repeatWords(state));
  prompter.show(repeatCommand(state, session.services));
  const { markIncidents: marked } = state.answers.settings;
  const choice = await prompter.choose(`Ready? ${writtenWords(state)}`, [
    { name: 'Load now', value: 'forward' as const },
    { name: 'Change the cluster', value: 'connect' as const },
    { name: 'Change the incidents', value: 'scenario' as const },
    { name: 'Change the data', value: 'tune' as const },
    { name: 'Change the index', value: 'index' as const },
    ...(mayRestoreDefaults(state)
      ? [{ name: 'Use the default parameters', value: 'defaults' as const }]
      : []),
    { name: marked ? 'Do not mark the incidents' : 'Mark the incidents', value: 'mark' as const },
    ...(offersDashboards(state) ? [{ name: dashboardsChoice(state), value: 'dashboards' as const }] : []),
    { name: 'Back', value: 'back' as const },
  ]);
  if (choice === 'forward' || choice === 'back' || choice === 'defaults')
    return session.send({ type: choice });
  if (choice === 'dashboards')
    return session.send({ type: 'want-dashboards', on: state.answers.settings.dashboards === undefined });
  if (choice === 'index') return askIndex(step, state);
  if (choice === 'mark') return session.send({ type: 'mark-incidents', on: !marked });
  return session.send({ type: 'go', to: choice });
}
