// Connect, as questions: the ladder is printed, then the choices are offered.
import { plainText } from '../../text/plain-text.ts';
import type { WizardState } from '../../wizard/state.ts';
import { connectionSentence, ladderRows, productWords } from '../text/connect-text.ts';
import { percent } from '../text/format.ts';
import { currentProblem } from '../text/problem.ts';
import { SYMBOLS } from '../text/symbols.ts';
import type { PromptContext, Prompter } from './prompter.ts';
import { askAddress, askRecovery, askSignIn } from './recovery.ts';
import { settled } from './wait.ts';

function sayLadder({ connection }: WizardState, { say }: Prompter): void {
  if (connection.state === 'unreadable') return;
  const marks = { ok: SYMBOLS.ok, failed: SYMBOLS.failed, skipped: SYMBOLS.skipped } as Record<
    string,
    string
  >;
  const known = ladderRows(connection.rungs).filter(({ mark }) => mark in marks);
  if (known.length > 0) say(`  ${known.map(({ mark, name }) => `${marks[mark]} ${name}`).join('  ')}`);
}

async function startingNode({ session, prompter }: PromptContext): Promise<void> {
  let said = '';
  await settled(
    session,
    ({ node }) => node.state !== 'starting',
    ({ node }) => {
      const event = node.state === 'starting' ? node.events.at(-1) : undefined;
      if (!event) return;
      const quarter =
        event.fraction === undefined ? '' : ` ${Math.floor(percent(event.fraction, 1) / 25) * 25} %`;
      const line = `${plainText(event.detail)}${quarter}`;
      if (line !== said) prompter.say(`  ${line}`);
      said = line;
    },
  );
}

const trying = ({ connection, step }: WizardState) =>
  connection.state === 'climbing' ||
  (connection.state === 'down' && connection.retry !== undefined) ||
  (connection.state === 'up' && step.name === 'connect' && step.advanceWhenReady);

/** One round of the first step. */
export async function promptConnect(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  if (session.getSnapshot().node.state === 'starting') await startingNode(step);
  if (trying(session.getSnapshot())) prompter.say(`Connecting to ${session.getSnapshot().answers.address} …`);
  const state = await settled(session, (now) => !trying(now) && now.node.state !== 'starting');
  if (state.ended || state.step.name !== 'connect') return undefined;
  sayLadder(state, prompter);
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (state.connection.state !== 'up') prompter.say(connectionSentence(state.connection));
  const up = state.connection.state === 'up';
  const product = productWords(state.connection);
  const choice = await prompter.choose('Cluster', [
    ...(up
      ? [{ name: `Continue with ${state.answers.address} (${product})`, value: 'forward' as const }]
      : []),
    ...(state.connection.state === 'down' ? [{ name: 'Show fixes', value: 'forward' as const }] : []),
    ...(state.connection.state === 'idle' ? [{ name: 'Connect', value: 'forward' as const }] : []),
    { name: 'Change the address', value: 'address' as const },
    { name: 'Sign in', value: 'sign-in' as const },
    { name: 'Start a local OpenSearch', value: 'node' as const },
    ...(state.unfinished.length > 0 && !state.run ? [{ name: 'Back', value: 'back' as const }] : []),
    { name: 'Exit', value: 'leave' as const },
  ]);
  if (choice === 'forward' || choice === 'back') return session.send({ type: choice });
  if (choice === 'address') return askAddress(step);
  if (choice === 'sign-in') return askSignIn(step);
  if (choice === 'node') return session.send({ type: 'recover', action: 'start-node' });
  return session.send({ type: 'terminate', exit: 130 });
}
