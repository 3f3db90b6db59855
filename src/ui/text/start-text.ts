// An unfinished run in words: when, where, what, and what can become of it.
import { renderCommand } from '../../command-line/render.ts';
import { plainText } from '../../text/plain-text.ts';
import type { StartChoice } from '../../wizard/events.ts';
import type { OpenRun } from '../../wizard/services.ts';
import type { WizardState } from '../../wizard/state.ts';
import { reasonWords } from './connect-text.ts';
import { days, documents } from './format.ts';
import { momentWords } from './when.ts';

export interface StartFact {
  readonly label: string;
  readonly text: string;
}

/** What is in its index now. */
function remainsWords({ leftovers, unfinished: [run] }: WizardState): string {
  if (leftovers.state === 'looking') return 'checking …';
  if (leftovers.state === 'unasked') return 'not checked: that needs a sign-in';
  if (leftovers.state === 'failed') return `cannot be read: ${reasonWords(leftovers.error)}`;
  const { exists, meta, documents: there } = leftovers.index;
  if (!exists) return 'nothing: the index no longer exists';
  const stranger = meta?.run === run?.id ? '' : ', from another run';
  return `${documents(there)}${stranger}`;
}

/** When it began, where it went, what it was, and what is there of it. */
export function startFacts(state: WizardState): readonly StartFact[] {
  const [run] = state.unfinished;
  if (!run) return [];
  const { settings, presets, startedAt } = run;
  const zone = settings.timeZone ?? 'UTC';
  const told = presets.map(({ title }) => title).join(', ') || 'no scenario';
  return [
    { label: 'Started', text: `${momentWords(Date.parse(startedAt), zone)}, ${zone}` },
    { label: 'Index', text: `${settings.index} at ${settings.url}` },
    {
      label: 'Data',
      text: `${days(settings.days)}, 1 in ${settings.sample} sessions, seed ${settings.seed}`,
    },
    { label: 'Incidents', text: plainText(told) },
    { label: 'In the index', text: remainsWords(state) },
  ];
}

/** The question, with a word about the runs behind it. */
export function startHead({ unfinished }: WizardState): string {
  const others = unfinished.length - 1;
  const more = others === 0 ? '' : ` (and ${others} before it)`;
  return `A load did not finish${more}`;
}

export interface StartOption {
  readonly choice: StartChoice | 'details';
  readonly label: string;
  readonly hint: string;
}

/** The choices, the likeliest first. What it loaded can be removed as long as the index may be its own. */
export function startOptions({ unfinished: [run], leftovers }: WizardState): readonly StartOption[] {
  if (!run) return [];
  const known = leftovers.state === 'known' ? leftovers.index : undefined;
  const removable = !known || (known.exists && known.meta?.run === run.id);
  const options: StartOption[] = [
    { choice: 'resume', label: 'Resume loading', hint: 'loads only what is missing, then runs the checks' },
    { choice: 'new', label: 'Start a new run', hint: 'keeps this one unchanged' },
  ];
  if (removable) {
    options.push({
      choice: 'remove',
      label: 'Delete its index',
      hint: 'asks for confirmation',
    });
  }
  options.push(
    { choice: 'forget', label: 'Forget it', hint: 'its documents are kept' },
    { choice: 'details', label: 'Show the details', hint: '' },
  );
  return options;
}

/** The question before what it loaded is deleted. */
export function removeQuestion({ unfinished: [run], leftovers }: WizardState): string {
  const there = leftovers.state === 'known' ? documents(leftovers.index.documents) : 'its documents';
  return `Delete ${run?.settings.index} with ${there} at ${run?.settings.url}?`;
}

export const REMOVE_CHOICES = ['Keep it', 'Delete it'] as const;

/** The line that goes on with it without a question. */
export function resumeCommand(run: OpenRun | undefined, program: string): string {
  return run ? `${program} run --resume ${run.id}` : '';
}

/** Everything about it. */
export function startDetails(state: WizardState, program: string): readonly string[] {
  const [run, ...others] = state.unfinished;
  if (!run) return [];
  return [
    `Run ${run.id}`,
    ...startFacts(state).map(({ label, text }) => `${label}: ${text}`),
    '',
    'Resume without prompts:',
    resumeCommand(run, program),
    '',
    'To repeat from the beginning:',
    renderCommand(program, 'run', { ...run.settings, onConflict: 'fail' }),
    ...(others.length > 0
      ? ['', 'Unfinished before it:', ...others.map(({ id, settings }) => `${id} into ${settings.index}`)]
      : []),
  ];
}
