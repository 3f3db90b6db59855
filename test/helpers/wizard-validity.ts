// What is true of every state of the wizard.
import { FORM_OPTIONS, settingText } from '../../src/options/table.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import { STEPS } from '../../src/wizard/steps.ts';

/** What is wrong with a state; undefined when nothing is. */
export function invalidity(wizard: WizardState): string | undefined {
  const { step, run, connection, forecast, catalog, answers, ended, unfinished } = wizard;
  if (step.name === 'start')
    return unfinished.length > 0 && !run ? undefined : 'Start without a run that did not end';
  if (step.name === 'live') return wizard.live ? undefined : 'live without a shop';
  const place = STEPS.indexOf(step.name);
  if (place < 0) return `no step: ${step.name}`;
  if (place >= STEPS.indexOf('scenario') && connection.state !== 'up')
    return 'beyond Connect without a cluster';
  if (place >= STEPS.indexOf('tune') && catalog.state !== 'ready') return 'beyond Scenario without presets';
  if (place >= STEPS.indexOf('review') && forecast.state === 'none') return 'beyond Tune without a plan';
  if (place >= STEPS.indexOf('load') && !run) return `${step.name} without a run`;
  if (step.name === 'next' && !run?.done) return 'Next before the end of the run';
  if (place < STEPS.indexOf('review') && run && run.status !== 'ended')
    return 'a run behind a step that can change it';
  if (ended) return undefined;
  for (const option of FORM_OPTIONS) option.parse(settingText(option, answers.settings));
  return undefined;
}
