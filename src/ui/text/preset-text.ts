// A preset of one's own in words.
import type { AppError } from '../../errors.ts';
import { plainText } from './plain-text.ts';

export const PRESET_HEAD = 'A preset of your own';
export const PRESET_HELP =
  'The path of its file, such as ./mine.json; what belongs into it says presets/preset.schema.json.';

/** Why a file cannot be used, and what can be done. */
export function presetProblem(error: AppError): readonly string[] {
  const { sentence, actions } = error.explain();
  return [sentence, ...actions.map((action) => `- ${action}`)].map(plainText);
}
