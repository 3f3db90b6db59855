// A session on the terminal: full screen, or plain prompts on request; signals end it as keys do.
import { EXIT } from '../errors/exit.ts';
import { needsAscii } from '../ui/text/symbols.ts';
import type { Session } from '../wizard/session.ts';
import type { Context } from './context.ts';

/** Shows the session until it is left; returns the exit code. @param screen the stream it is drawn on. */
export async function showOn(
  session: Session,
  screen: NodeJS.WriteStream,
  { invocation, environment, signal }: Context,
): Promise<number> {
  const { color, plain } = invocation.settings;
  signal.addEventListener('abort', () =>
    session.send(
      signal.reason === 'SIGINT' ? { type: 'interrupt' } : { type: 'terminate', exit: EXIT.terminated },
    ),
  );
  const front = { session, stdin: process.stdin, stdout: screen, color, ascii: needsAscii(environment) };
  if (!plain && environment['TERM'] !== 'dumb' && environment['ACCESSIBLE'] !== '1') {
    const { runInk } = await import('../ui/ink/run-ink.tsx');
    const outcome = await runInk(front);
    if (outcome.kind === 'left') return outcome.exit;
  }
  const { runPlain } = await import('../ui/plain/run-plain.ts');
  return runPlain(front);
}
