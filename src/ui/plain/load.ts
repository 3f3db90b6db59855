// Load, as lines: how far it is, then where to go.

import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';

import { loadSentence, loadShare, silentWords, speedWords } from '../text/load-text.ts';
import { currentProblem } from '../text/problem.ts';
import type { PromptContext } from './prompter.ts';
import { askRecovery } from './recovery.ts';
import { settled } from './wait.ts';

/** A line of progress this often. */
const LINE_MS = 5000;

/** The load: a line every five seconds, then what came of it. */
export async function promptLoad(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  let nextMs = 0;
  const state = await settled(
    session,
    ({ step: now, run }) => now.name !== 'load' || now.view === 'silent' || run?.status === 'ended',
    ({ run }) => {
      const elapsedMs = run?.progress?.elapsedMs ?? 0;
      if (!run?.progress || elapsedMs < nextMs) return;
      nextMs = elapsedMs + LINE_MS;
      const { acknowledged, planned, percent } = loadShare(run);
      const silent = silentWords(run);
      prompter.say(
        `  ${percent} %  ${grouped(acknowledged)} of about ${grouped(planned)} documents · ${speedWords(run)}`,
      );
      if (silent !== '') prompter.say(`  ! ${plainText(silent)}`);
    },
  );
  if (state.ended || state.step.name !== 'load') return undefined;
  const problem = currentProblem(state);
  if (problem) return askRecovery(step, problem);
  if (state.run) prompter.say(plainText(loadSentence(state.run)));
  const choice = await prompter.choose('Load', [
    { name: 'View checks', value: 'forward' as const },
    { name: 'Back', value: 'back' as const },
  ]);
  return session.send({ type: choice });
}
