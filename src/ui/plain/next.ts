// Next, as questions: the cheat sheet of each scenario, and the verbs that act on the demo.
import { plainText } from '../../text/plain-text.ts';
import { livable } from '../../wizard/live.ts';
import type { WizardState } from '../../wizard/state.ts';
import { withoutSignIn } from '../text/connect-text.ts';
import { BARE } from '../text/hyperlink.ts';
import {
  ADDRESS_HEAD,
  dashboardsWords,
  deletesNow,
  dockerPage,
  installsNow,
  nextHead,
  type Page,
  patternPage,
  removeMadeQuestion,
  removePage,
  STOP_CHOICES,
  stopQuestion,
} from '../text/next-text.ts';
import { currentProblem } from '../text/problem.ts';
import { sceneTable } from '../text/scene-table.ts';
import { type Scene, sceneLines, scenesOf } from '../text/scenes.ts';
import { REMOVE_CHOICES } from '../text/start-text.ts';
import { type Act, openChoices } from './open-choices.ts';
import type { PromptChoice, PromptContext } from './prompter.ts';
import { askRecovery } from './recovery.ts';
import { settled } from './wait.ts';

const TABLE_COLUMNS = 76;

function sayTable({ prompter }: PromptContext, state: WizardState): void {
  const scenes = scenesOf(state);
  if (scenes.length === 0) return;
  const { head, rows } = sceneTable(scenes, TABLE_COLUMNS);
  for (const line of [head, ...rows]) prompter.show(`  ${line}`);
}

/** Lines as sentences; those that are copied stay whole. */
function sayPage({ prompter }: PromptContext, { lines, copy }: Page): void {
  for (const line of lines) {
    if (line === copy) prompter.show(plainText(line));
    else prompter.say(`  ${plainText(line)}`);
  }
}

function sayScene({ prompter }: PromptContext, scene: Scene): void {
  for (const { label, text } of sceneLines(scene)) {
    if (label === 'DQL') prompter.show(`  ${label.padEnd(9)}${text}`);
    else prompter.say(`  ${label.padEnd(9)}${text}`);
  }
  if (scene.url) prompter.show(scene.url);
}

async function askAddress({ session, prompter }: PromptContext): Promise<void> {
  session.send({ type: 'ask-dashboards' });
  const initial = session.getSnapshot().answers.settings.dashboards ?? 'http://localhost:5601';
  session.send({
    type: 'dashboards-address',
    text: await prompter.text({ message: ADDRESS_HEAD, initial, shown: withoutSignIn }),
  });
  const { step } = session.getSnapshot();
  if (step.name !== 'next' || step.wrong === undefined) return;
  prompter.say(step.wrong);
  session.send({ type: 'back' });
}

/** How the dashboards get there: the choices that the keys i, b and u of the screen stand for. */
function dashboardsChoices(step: PromptContext, state: WizardState): readonly PromptChoice<Act>[] {
  const { session } = step;
  const { dashboards, answers, nodeStopped, run } = state;
  if (run?.done?.links !== undefined) return [];
  const failed = dashboards.state === 'failed';
  const starts = dashboards.state === 'absent' && dashboards.docker;
  const docker = () => {
    if (starts) return session.send({ type: 'start-dashboards' });
    const line = session.services.dashboardsDocker(answers.settings.url);
    return sayPage(step, dockerPage(state, line));
  };
  return [
    installsNow(state)
      ? {
          name: failed ? 'Install the dashboards: try again' : 'Install the dashboards',
          value: () => session.send({ type: 'install-dashboards' }),
        }
      : {
          name: 'Create the index pattern in Dashboards',
          value: () => sayPage(step, patternPage(state)),
        },
    ...(answers.settings.local && !nodeStopped && !installsNow(state)
      ? [
          {
            name: starts ? 'Start Dashboards with Docker' : 'Show how Docker starts Dashboards',
            value: docker,
          },
        ]
      : []),
    { name: 'Set the address of Dashboards', value: () => askAddress(step) },
  ];
}

function choicesOf(step: PromptContext, state: WizardState): readonly PromptChoice<Act>[] {
  const { session, prompter } = step;
  const { run, answers, nodeStopped } = state;
  const scenes = scenesOf(state);
  const { guide, command } = run?.done ?? {};
  const there = run?.removed === undefined;
  return [
    { name: 'Finish', value: () => session.send({ type: 'forward' }) },
    ...scenes.map((scene) => ({ name: `Present: ${scene.title}`, value: () => sayScene(step, scene) })),
    ...openChoices(step, scenes),
    ...(livable(state)
      ? [{ name: 'Go live: the shop keeps running', value: () => session.send({ type: 'go-live' as const }) }]
      : []),
    ...(there ? dashboardsChoices(step, state) : []),
    ...(there && guide
      ? [{ name: 'Read the investigation guide', value: () => prompter.show(plainText(guide)) }]
      : []),
    ...(command
      ? [{ name: 'Show the command that repeats this run', value: () => prompter.show(command) }]
      : []),
    ...(answers.settings.local && !nodeStopped
      ? [{ name: 'Stop the local OpenSearch', value: () => session.send({ type: 'ask-stop-node' }) }]
      : []),
    ...(there
      ? [
          {
            name: 'Delete the index of this run',
            value: () =>
              deletesNow(state)
                ? session.send({ type: 'ask-remove' })
                : sayPage(step, removePage(state, session.services.program)),
          },
        ]
      : []),
    { name: 'Back', value: () => session.send({ type: 'back' }) },
  ];
}

async function askTwice(
  { session, prompter }: PromptContext,
  question: string,
  choices: readonly string[],
  yes: 'remove-run' | 'stop-node',
): Promise<void> {
  const answer = await prompter.choose(
    question,
    choices.map((name, place) => ({ name, value: place })),
  );
  session.send({ type: answer === 0 ? 'back' : yes });
}

const WAITS = ['installing', 'starting'];

/** What to do with the demo. */
export async function promptNext(step: PromptContext): Promise<void> {
  const { session, prompter, alreadySaid } = step;
  const busy = ({ step: now, dashboards }: WizardState) =>
    (now.name === 'next' && (now.view === 'removing' || now.view === 'stopping')) ||
    WAITS.includes(dashboards.state);
  const before = session.getSnapshot();
  if (WAITS.includes(before.dashboards.state))
    prompter.say(dashboardsWords(before, session.services.now(), BARE).status);
  const state = await settled(session, (now) => now.step.name !== 'next' || !busy(now));
  if (state.ended || state.step.name !== 'next') return undefined;
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (state.step.view === 'remove')
    return askTwice(step, removeMadeQuestion(state), REMOVE_CHOICES, 'remove-run');
  if (state.step.view === 'stop') return askTwice(step, stopQuestion(state), STOP_CHOICES, 'stop-node');
  if (state.notice) prompter.say(state.notice);
  // Said once, and again when something about it has changed.
  if (state.run && !alreadySaid.has(state.run)) {
    alreadySaid.add(state.run);
    prompter.say(nextHead(state));
    sayTable(step, state);
    if (state.run.removed === undefined)
      prompter.say(dashboardsWords(state, session.services.now(), BARE).status);
  }
  const act = await prompter.choose('Your demo', choicesOf(step, state));
  await act();
}
