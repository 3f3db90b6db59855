// What to do with the demo now that it is there.

import type { Preset } from '../../core/plan/preset.ts';
import { shellWord } from '../../text/quoted.ts';
import { linksOf } from '../../wizard/dashboards.ts';
import { demoOf } from '../../wizard/demo.ts';
import { removable } from '../../wizard/next.ts';
import type { WizardState } from '../../wizard/state.ts';
import { documents } from './format.ts';
import { todayOf } from './scenario-text.ts';
import { dashboardsTime, windowWords } from './when.ts';

export interface Advice {
  readonly title: string;
  readonly lines: readonly string[];
  /** What `c` copies. */
  readonly copy: string;
  /** Can be done from here, after a question. */
  readonly action?: 'remove' | 'install';
  /** What `o` opens. */
  readonly open?: string;
}

const MARGIN_MS = 10 * 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** The guide that was written while checking: every step was asked of this very index. */
function guideAdvice(guide: string): Advice {
  return {
    title: 'Read the investigation guide',
    lines: ['For each incident: the first symptom, the questions to ask in order, and the answers.', guide],
    copy: guide,
  };
}

/** Where the dashboards are, or how they get there; the index pattern by hand where no Dashboards is known. */
function dashboardsAdvice(state: WizardState, index: string): Advice {
  const { dashboards } = state;
  const [whole] = linksOf(state);
  if (whole) {
    return {
      title: 'Open the dashboards',
      lines: ['Checkout: incident room, with all of the data. o opens it, c copies the link:', whole.url],
      copy: whole.url,
      open: whole.url,
    };
  }
  if (dashboards.state === 'unknown') return patternAdvice(index);
  const { url } = dashboards;
  if (dashboards.state === 'installing')
    return { title: 'Installing the dashboards …', lines: [`In OpenSearch Dashboards at ${url}`], copy: '' };
  const offer = `Adds the dashboards of ${index} to OpenSearch Dashboards at ${url}, and links to each incident.`;
  if (dashboards.state === 'found')
    return { title: 'Install the dashboards', lines: [offer], copy: '', action: 'install' };
  const { sentence, why, actions } = dashboards.error.explain();
  return {
    title: 'Install the dashboards: try again',
    lines: [`${sentence}.`, why, ...actions.map((action) => `- ${action}`)].filter(Boolean),
    copy: '',
    action: 'install',
  };
}

/** The index pattern, in the words of the menus of OpenSearch Dashboards. */
function patternAdvice(index: string): Advice {
  return {
    title: 'Create the index pattern in Dashboards',
    lines: [
      '1. Navigate to Stack Management → Index Patterns',
      '2. Click Create Index Pattern',
      `3. Enter pattern: ${index}`,
      '4. Select time field: @timestamp',
      '5. Click Create Index Pattern',
    ],
    copy: index,
  };
}

/** How to tell it: what is seen first, what to ask in which order, and where it ends. */
function storyLines(preset: Preset): readonly string[] {
  const questions = preset.investigation.map(({ question }, place) => `${place + 1}. ${question}`);
  return [
    '',
    preset.first_symptom,
    '',
    ...(questions.length > 0 ? ['Questions, in order:', ...questions, ''] : []),
    `Root cause: ${preset.root_cause}`,
    ...preset.red_herrings.map((herring) => `Red herring: ${herring}`),
  ];
}

function incidentAdvice(state: WizardState): readonly Advice[] {
  const demo = demoOf(state);
  if (!demo) return [];
  const { nowMs } = state;
  const { forecast, presets } = demo;
  const stories = new Map(presets.map((preset) => [preset.id, preset]));
  const today = todayOf(forecast, nowMs);
  const links = new Map(linksOf(state).map(({ incident, url }) => [incident, url]));
  return forecast.incidents
    .filter(({ preset }) => preset !== null)
    .toReversed()
    .map(({ id, title, preset, startMs, endMs, recoveredMs }) => {
      const story = stories.get(preset ?? '');
      const from = startMs - MARGIN_MS;
      const until = recoveredMs + MARGIN_MS;
      const open = links.get(id);
      const path = `/app/discover#/?_g=(time:(from:'${iso(from)}',to:'${iso(until)}'))`;
      return {
        title: `Present: ${title}`,
        lines: [
          windowWords(startMs, endMs, forecast.timeZone, today),
          'In Discover, set this time range:',
          `  ${dashboardsTime(from, forecast.timeZone)}`,
          `  ${dashboardsTime(until, forecast.timeZone)}`,
          ...(open
            ? ['or open its dashboard (o):', open]
            : ['or open this path on your Dashboards address:', `  ${path}`]),
          ...(story ? storyLines(story) : []),
        ],
        copy: open ?? path,
        ...(open ? { open } : {}),
      };
    });
}

function tryAdvice(): Advice {
  return {
    title: 'Try an investigation',
    lines: [
      '1. Chart response_time_ms over time: the incidents stand out',
      '2. Set the time filter to one incident to isolate it',
      '3. Expand an error document and read its fields',
      '4. Work from symptom to root cause while Global Interaction Capture records it as a runbook (SOP)',
    ],
    copy: '',
  };
}

/** What can be done next, the likeliest first. */
export function nextAdvice(state: WizardState, program: string): readonly Advice[] {
  const { run, answers } = state;
  const index = run?.done?.index || answers.settings.index;
  const url = run?.done?.url || answers.settings.url;
  const command = run?.done?.command ?? '';
  const where = answers.settings.local ? '--local' : `--url ${shellWord(url)}`;
  const clean = `${program} clean ${where} --index ${shellWord(index)}`;
  const there = run?.removed === undefined;
  const advice: Advice[] = [
    ...(there ? [dashboardsAdvice(state, index), ...incidentAdvice(state)] : []),
    ...(there && run?.done?.guide ? [guideAdvice(run.done.guide)] : []),
    ...(there ? [tryAdvice()] : []),
    {
      title: 'Load the same data again or elsewhere',
      lines: command ? [command] : [],
      copy: command,
    },
  ].filter(({ lines }) => lines.length > 0);
  if (answers.settings.local) {
    advice.push({
      title: 'Stop the local OpenSearch',
      lines: [
        `It keeps running at ${url} after you exit so that you can explore the data.`,
        `${program} node stop`,
      ],
      copy: `${program} node stop`,
    });
  }
  if (!there) return advice;
  const remove: Advice = { title: 'Delete the index of this run', lines: [clean], copy: clean };
  if (!removable(state)) return [...advice, remove];
  const lines = [`Deletes ${index} after you confirm. To do it later:`, clean];
  return [...advice, { ...remove, lines, action: 'remove' }];
}

/** What has come of the run, in one sentence. */
export function nextHead({ run }: WizardState): string {
  const { done, removed } = run ?? {};
  const index = done?.index ?? '';
  if (removed !== undefined) return `Deleted ${index} with ${documents(removed)}`;
  return done?.checks.every(({ ok }) => ok) && (done.ok || done.error?.code.startsWith('dashboards-'))
    ? `Your demo is ready: ${documents(done.documents.found)} in ${index}`
    : `${documents(done?.documents.found ?? 0)} in ${index}, but some checks failed`;
}

/** The question before what the run made is deleted. */
export function removeMadeQuestion({ run, answers }: WizardState): string {
  const url = run?.done?.url || answers.settings.url;
  return `Delete ${run?.index?.name} with ${documents(run?.done?.documents.found ?? 0)} at ${url}?`;
}

/** What Enter does at the end of the list. */
export const FINISH = 'Finish';

/** What stands beside the line that finishes: the first thing that is to be done elsewhere. */
export function finishLines(state: WizardState, [first]: readonly Advice[]): readonly string[] {
  if (!first || state.run?.removed !== undefined) return ['A summary is printed on exit.'];
  return [`${first.title}:`, ...first.lines];
}
