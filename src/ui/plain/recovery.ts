// A problem and what can be done about it, as a question. Every step can have one.
import { asAppError } from '../../errors/app-error.ts';
import { parseUrls } from '../../options/values.ts';
import type { Recovery } from '../../wizard/recovery.ts';
import { reasonWords, withoutSignIn } from '../text/connect-text.ts';
import type { Problem } from '../text/problem.ts';
import { SYMBOLS } from '../text/symbols.ts';
import type { PromptContext } from './prompter.ts';

export async function askAddress({ session, prompter }: PromptContext): Promise<void> {
  const text = await prompter.text({
    message: 'Cluster address',
    initial: session.getSnapshot().answers.address,
    shown: withoutSignIn,
    validate: (value) => {
      try {
        parseUrls(value);
        return true;
      } catch (error) {
        return reasonWords(asAppError(error));
      }
    },
  });
  session.send({ type: 'address', text });
  session.send({ type: 'recover', action: 'again' });
}

export async function askSignIn({ session, prompter }: PromptContext): Promise<void> {
  const initial = session.getSnapshot().answers.settings.username;
  const message = 'User name (leave it empty for a bearer token)';
  const username = await prompter.text({ message, ...(initial ? { initial } : {}) });
  session.send({ type: 'username', text: username });
  if (username === '') session.send({ type: 'token', text: await prompter.secret('Bearer token') });
  else session.send({ type: 'password', text: await prompter.secret('Password') });
  session.send({ type: 'recover', action: 'again' });
}

/** Shows a problem and carries out what is chosen; undefined is the way out. */
export async function askRecovery(step: PromptContext, problem: Problem): Promise<void> {
  const { session, prompter } = step;
  prompter.say(`${SYMBOLS.failed} ${problem.sentence}`);
  if (problem.why !== '') prompter.say(`  Why: ${problem.why}`);
  for (const line of problem.shown ?? []) prompter.say(`  Certificate: ${line}`);
  const choice = await prompter.choose<Recovery | 'back'>('What do you want to do?', [
    ...problem.recoveries.map((recovery) => ({
      name: recovery.hint === '' ? recovery.label : `${recovery.label} (${recovery.hint})`,
      value: recovery,
    })),
    { name: 'Back', value: 'back' as const },
  ]);
  if (choice === 'back') return session.send({ type: 'back' });
  if (choice.copy !== undefined) return prompter.show(choice.copy);
  if (choice.id === 'details' || choice.id === 'query') {
    for (const line of problem.details) prompter.say(`  ${line}`);
    return undefined;
  }
  session.send({ type: 'recover', action: choice.id });
  if (choice.id === 'edit-address') return askAddress(step);
  if (choice.id === 'sign-in') return askSignIn(step);
  if (choice.id === 'ca-file') {
    session.send({ type: 'ca-file', text: await prompter.text({ message: 'CA file (PEM)' }) });
    session.send({ type: 'recover', action: 'again' });
  }
  return undefined;
}
