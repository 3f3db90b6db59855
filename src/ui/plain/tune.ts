// Tune, as questions: the charts become a sentence.
import type { Option } from '../../options/kinds.ts';
import { FORM_OPTIONS, settingText } from '../../options/table.ts';
import { speedHere } from '../../wizard/state.ts';
import {
  careWords,
  chartSentence,
  estimateWords,
  limitWords,
  valueProblem,
  valueWords,
} from '../text/tune-text.ts';
import type { PromptContext } from './prompter.ts';
import { failure, planned } from './scenario.ts';
import { settled } from './wait.ts';

/** One an hour of a week. */
const POINTS = 168;

async function askParameter({ session, prompter }: PromptContext, option: Option): Promise<void> {
  const text = await prompter.text({
    message: `${option.label}: ${limitWords(option)}`,
    initial: settingText(option, session.getSnapshot().answers.settings),
    validate: (value) => valueProblem(option, value) ?? true,
  });
  session.send({ type: 'parameter', key: option.key, value: option.parse(text) });
}

/** One round of the third step: the charts become a sentence. */
export async function promptTune(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  // A changed parameter is planned at the end of the tick.
  await new Promise((resolve) => setImmediate(resolve));
  const state = await settled(session, planned);
  const problem = failure(state);
  if (problem) prompter.say(problem);
  if (state.forecast.state === 'ready') {
    const { forecast } = state.forecast;
    const { startMs: fromMs, endMs: toMs } = forecast;
    prompter.say(chartSentence(forecast, forecast.series({ fromMs, toMs, points: POINTS })));
    prompter.say(estimateWords(forecast, speedHere(state)));
    const care = careWords(forecast);
    if (care !== '') prompter.say(`! ${care}`);
  }
  const { settings } = state.answers;
  const choice = await prompter.choose<Option | 'forward' | 'undo' | 'back'>('Data', [
    { name: 'Continue', value: 'forward' as const },
    ...FORM_OPTIONS.map((option) => ({
      name: `${option.label}: ${valueWords(option, settings)}`,
      value: option,
    })),
    ...(state.undo.length > 0 ? [{ name: 'Undo the last change', value: 'undo' as const }] : []),
    { name: 'Back', value: 'back' as const },
  ]);
  if (typeof choice === 'object') return askParameter(step, choice);
  return session.send({ type: choice });
}
