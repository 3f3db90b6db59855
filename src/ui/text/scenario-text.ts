import type { Preset } from '../../core/plan/preset.ts';
import type { AppError } from '../../errors/app-error.ts';
import { plainText } from '../../text/plain-text.ts';

export const PRESET_HEAD = 'A preset of your own';
export const PRESET_HELP =
  'The path of its file, such as ./mine.json. Its fields are described in presets/preset.schema.json.';
/** Why a file cannot be used, and what can be done. */
export function presetProblem(error: AppError): readonly string[] {
  const { sentence, actions } = error.explain();
  return [sentence, ...actions.map((action) => `- ${action}`)].map(plainText);
}

/** Every question that is asked of the data about this preset. */
export function provedQuestions({ evidence, investigation }: Preset): readonly string[] {
  return [...evidence, ...investigation].map(({ question }) => question);
}

/** All that a preset tells: what happens, what is noticed first, the cause, and what is proved. */
export function storyLines(preset: Preset): readonly string[] {
  return [
    preset.story,
    '',
    `Noticed first: ${preset.first_symptom}`,
    `Root cause: ${preset.root_cause}`,
    ...preset.red_herrings.map((herring) => `Not the cause: ${herring}`),
    '',
    'Proved by query:',
    ...provedQuestions(preset).map((question) => `- ${question}`),
  ].map(plainText);
}
