// Scenario, as questions.
import { plainText } from '../../text/plain-text.ts';
import { chosenEntries, type WizardState } from '../../wizard/state.ts';
import { incidents } from '../text/format.ts';
import {
  demoDayChoices,
  demoDayWords,
  PRESET_HEAD,
  PRESET_HELP,
  presetProblem,
  presetWindow,
  todayOf,
} from '../text/scenario-text.ts';
import { dayWords } from '../text/when.ts';
import type { PromptContext } from './prompter.ts';
import { settled } from './wait.ts';

export const planned = ({ catalog, forecast }: WizardState) =>
  catalog.state === 'failed' || forecast.state === 'ready' || forecast.state === 'failed';

export function failure({ catalog, forecast }: WizardState): string | undefined {
  if (catalog.state === 'failed') return plainText(catalog.error.message);
  return forecast.state === 'failed' ? plainText(forecast.error.message) : undefined;
}

async function choosePresets({ session, prompter }: PromptContext, state: WizardState): Promise<void> {
  if (state.catalog.state !== 'ready' || state.forecast.state !== 'ready') return;
  const { forecast } = state.forecast;
  const chosen = chosenEntries(state);
  const ids = await prompter.checkbox(
    'Which incidents should the data contain?',
    state.catalog.entries.map((entry) => ({
      name: `${entry.preset.title}, ${presetWindow(entry.preset, forecast, state.nowMs)}`,
      value: entry.preset.id,
      checked: chosen.includes(entry),
    })),
  );
  for (const { preset } of state.catalog.entries) {
    session.send({ type: 'preset', id: preset.id, on: ids.includes(preset.id) });
  }
}

async function addPreset({ session, prompter }: PromptContext): Promise<void> {
  session.send({ type: 'preset-path' });
  const path = await prompter.text({ message: `${PRESET_HEAD}. ${PRESET_HELP}` });
  if (path.trim() === '') return session.send({ type: 'back' });
  session.send({ type: 'preset-file', path });
  const { step, notice } = await settled(
    session,
    ({ step: now }) => now.name !== 'scenario' || now.view === 'list' || now.error !== undefined,
  );
  if (step.name !== 'scenario' || !step.error) return notice ? prompter.say(notice) : undefined;
  for (const line of presetProblem(step.error)) prompter.say(`  ${line}`);
  return session.send({ type: 'back' });
}

async function chooseDay({ session, prompter }: PromptContext, state: WizardState): Promise<void> {
  if (state.forecast.state !== 'ready') return;
  const { forecast } = state.forecast;
  const today = todayOf(forecast, state.nowMs);
  const day = await prompter.choose<string | undefined | null>('Which day is the demo day?', [
    { name: 'Automatic: today after 14:45, otherwise yesterday', value: undefined },
    ...demoDayChoices(forecast, state.nowMs).map((each) => ({ name: dayWords(each, today), value: each })),
    { name: 'Back', value: null },
  ]);
  if (day !== null) session.send({ type: 'demo-day', day });
}

/** One round of the second step. */
export async function promptScenario(step: PromptContext): Promise<void> {
  const { session, prompter, alreadySaid } = step;
  const state = await settled(session, planned);
  const problem = failure(state);
  if (problem) prompter.say(problem);
  for (const { preset } of chosenEntries(state).filter((entry) => !alreadySaid.has(entry.preset))) {
    alreadySaid.add(preset);
    prompter.say(`${preset.title}: ${preset.story}`);
  }
  const day =
    state.forecast.state === 'ready'
      ? demoDayWords(state.answers.settings, state.forecast.forecast, state.nowMs)
      : undefined;
  const choice = await prompter.choose('Scenario', [
    { name: `Continue with ${incidents(chosenEntries(state).length)}`, value: 'forward' as const },
    { name: 'Choose incidents', value: 'tick' as const },
    { name: 'Add your own scenario', value: 'add' as const },
    ...(day ? [{ name: `Demo day: ${day.day}, ${day.why}`, value: 'day' as const }] : []),
    { name: 'Back', value: 'back' as const },
  ]);
  if (choice === 'tick') return choosePresets(step, state);
  if (choice === 'add') return addPreset(step);
  if (choice === 'day') return chooseDay(step, state);
  return session.send({ type: choice });
}
