// What to do with the demo now that it is there.

import { plainText } from '../../text/plain-text.ts';
import { shellWord } from '../../text/quoted.ts';
import { linksOf } from '../../wizard/dashboards.ts';
import { removable } from '../../wizard/next.ts';
import type { WizardState } from '../../wizard/state.ts';
import { documents, duration } from './format.ts';
import { type LinkText, linkText } from './hyperlink.ts';
import { type Scene, sceneLines, storyOf } from './scenes.ts';

/** A page of text about one thing to do. */
export interface Page {
  readonly title: string;
  readonly lines: readonly string[];
  /** What `c` copies; empty when nothing. */
  readonly copy: string;
}

const indexOf = ({ run, answers }: WizardState) => run?.done?.index || answers.settings.index;
const urlOf = ({ run, answers }: WizardState) => run?.done?.url || answers.settings.url;

/** The index pattern, in the words of the menus of OpenSearch Dashboards. */
export function patternPage(state: WizardState): Page {
  const index = indexOf(state);
  return {
    title: 'Create the index pattern in Dashboards',
    lines: [
      '1. Navigate to Stack Management → Index Patterns',
      '2. Click Create Index Pattern',
      `3. Enter pattern: ${index}`,
      '4. Select time field: @timestamp',
      '5. Click Create Index Pattern',
      '',
      'Then open Discover and set the time range of a scenario.',
    ],
    copy: index,
  };
}

/** How a Dashboards for the local node is started, by hand. @param docker the command. */
export function dockerPage({ dashboards }: WizardState, docker: string): Page {
  const error = dashboards.state === 'absent' ? dashboards.error : undefined;
  return {
    title: 'Start a Dashboards for the local OpenSearch',
    lines: [
      ...(error ? [`${error.message}.`, ''] : []),
      'With Docker, this command starts one of the same version:',
      '',
      docker,
      '',
      'Once it answers on port 5601, the dashboards can be installed there.',
    ],
    copy: docker,
  };
}

/** What stands in for the verbs that act where they cannot. */
export function removePage(state: WizardState, program: string): Page {
  const { settings } = state.answers;
  const where = settings.local ? '--local' : `--url ${shellWord(urlOf(state))}`;
  const clean = `${program} clean ${where} --index ${shellWord(indexOf(state))}`;
  const why = state.nodeStopped
    ? 'The local OpenSearch is stopped, so its index stays. Once it runs again, this deletes what the run made:'
    : 'The index held other data before this run, so it is not deleted from here. This deletes it:';
  return { title: 'Delete the index of this run', lines: [why, '', clean], copy: clean };
}

/** A scene in full, and its links. */
export function scenePage(scene: Scene): Page {
  const { title, url } = scene;
  const lines = [...sceneLines(scene), ...storyOf(scene)].map(
    ({ label, text }) => `${label}${label.endsWith('?') ? '' : ':'} ${text}`,
  );
  return {
    title,
    lines: [...lines, ...(url ? ['', 'Dashboard:', url] : [])],
    copy: [...lines, ...(url ? [url] : [])].join('\n'),
  };
}

interface DashboardsWords {
  /** Where the dashboards are, or why they are not there yet. */
  readonly status: string;
  /** The keys that do something about it, where there are keys; empty when there is nothing to do. */
  readonly keys: string;
}

/** What is known of Dashboards. @param link how links are written. */
export function dashboardsWords(state: WizardState, nowMs: number, link: LinkText): DashboardsWords {
  const { dashboards, answers, nodeStopped } = state;
  const [whole] = linksOf(state);
  if (whole) {
    const name = linkText(link, 'Checkout: incident room', whole.url);
    return { status: `"${name}"`, keys: 'o opens it at this scenario, c copies the link' };
  }
  if (nodeStopped)
    return { status: 'The local OpenSearch is stopped, so Dashboards shows nothing of it', keys: '' };
  switch (dashboards.state) {
    case 'installing':
      return { status: `Installing the dashboards at ${plainText(dashboards.url)} …`, keys: '' };
    case 'starting': {
      const waited = duration(Math.max(0, nowMs - dashboards.sinceMs));
      return {
        status: `Docker is starting a Dashboards (the first time it downloads one) · ${waited}`,
        keys: '',
      };
    }
    case 'found':
      return {
        status: `Dashboards at ${plainText(dashboards.url)} answers`,
        keys: 'i installs the dashboards there',
      };
    case 'failed':
      return { status: plainText(dashboards.error.message), keys: 'i tries again, u changes the address' };
    default:
      if (!answers.settings.local)
        return {
          status: 'No Dashboards answers here',
          keys: 'u sets an address, i shows the index pattern',
        };
      return {
        status: 'Dashboards is not running here',
        keys: `b ${dashboards.state === 'absent' && dashboards.docker ? 'starts it with Docker' : 'shows how Docker starts it'}, u sets its address`,
      };
  }
}

/** What the key that installs does now. */
export const installsNow = ({ dashboards, nodeStopped }: WizardState): boolean =>
  !nodeStopped && (dashboards.state === 'found' || dashboards.state === 'failed');

/** What has come of the run, in one sentence. */
export function nextHead({ run }: WizardState): string {
  const { done, removed } = run ?? {};
  const index = done?.index ?? '';
  if (removed !== undefined) return `Deleted ${index} with ${documents(removed)}`;
  return done?.checks.every(({ ok }) => ok) && (done.ok || done.error?.code.startsWith('dashboards-'))
    ? `Your demo is ready: ${documents(done.documents.found)} in ${index}`
    : `${documents(done?.documents.found ?? 0)} in ${index}, but some checks failed`;
}

/** The same in less room: the index is named on the screens before. */
export const shortHead = (state: WizardState): string => nextHead(state).replace(/(documents?) in .*$/, '$1');

/** What is shown where the data has no scenario, or is gone. */
export function withoutScenes(
  { run, answers, nodeStopped }: WizardState,
  program: string,
): readonly string[] {
  const local =
    answers.settings.local && !nodeStopped
      ? [`The local OpenSearch keeps running at ${answers.settings.url}; s stops it.`]
      : [];
  if (run?.removed !== undefined) {
    const again = run.done?.command ? ['To load the same data again:', run.done.command] : [];
    return [...again, ...local];
  }
  return ['This data has no scenario; its random incidents are in the guide (g).', ...local].concat(
    run?.done?.guide ? [] : [`The guide: ${program} guide`],
  );
}

/** The question before what the run made is deleted. */
export function removeMadeQuestion(state: WizardState): string {
  const { run } = state;
  const index = run?.index?.name ?? indexOf(state);
  return `Delete ${index} with ${documents(run?.done?.documents.found ?? 0)} at ${urlOf(state)}?`;
}

/** The question before the local node is stopped, and its answers. */
export const stopQuestion = ({ answers }: WizardState): string =>
  `Stop the local OpenSearch at ${answers.settings.url}? Its data is kept; Dashboards shows nothing until it runs again.`;
export const STOP_CHOICES = ['Keep it running', 'Stop it'] as const;

export const ADDRESS_HEAD = 'Address of OpenSearch Dashboards';
export const ADDRESS_HELP =
  'Enter installs the dashboards of this index there. Include its base path if it has one.';

/** True when `x` deletes, and does not only say how. */
export const deletesNow = removable;
