// What is true of every state of the wizard.
import { FORM_OPTIONS, settingText } from '../../src/options/table.ts';
import { STEPS, type Wizard } from '../../src/wizard/state.ts';

/** What is wrong with a state; undefined when nothing is. */
export function invalidity(wizard: Wizard): string | undefined {
  const { step, work, link, outlook, catalog, answers, ended, unfinished } = wizard;
  if (step.name === 'start')
    return unfinished.length > 0 && !work ? undefined : 'Start without a run that did not end';
  const place = STEPS.indexOf(step.name);
  if (place < 0) return `no step: ${step.name}`;
  if (place >= STEPS.indexOf('scenario') && link.state !== 'up') return 'beyond Connect without a cluster';
  if (place >= STEPS.indexOf('tune') && catalog.state !== 'ready') return 'beyond Scenario without presets';
  if (place >= STEPS.indexOf('review') && outlook.state === 'none') return 'beyond Tune without a plan';
  if (place >= STEPS.indexOf('load') && !work) return `${step.name} without a run`;
  if (step.name === 'next' && !work?.done) return 'Next before the end of the run';
  if (place < STEPS.indexOf('review') && work && work.status !== 'ended')
    return 'a run behind a step that can change it';
  if (ended) return undefined;
  for (const option of FORM_OPTIONS) option.parse(settingText(option, answers.settings));
  return undefined;
}
