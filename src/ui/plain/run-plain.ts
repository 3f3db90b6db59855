// The plain front: the same session as questions and lines, for terminals and people that want no full screen.
import { EXIT } from '../../errors/exit.ts';
import type { Session } from '../../wizard/session.ts';
import { asciiStream } from '../ascii-stream.ts';
import { introduction } from '../text/connect-text.ts';
import { summaryLines } from '../text/summary-text.ts';
import { promptCheck } from './check.ts';
import { promptConnect } from './connect.ts';
import { promptLive } from './live.ts';
import { promptLoad } from './load.ts';
import { promptNext } from './next.ts';
import type { PromptContext, Prompter } from './prompter.ts';
import { promptReview } from './review.ts';
import { promptScenario } from './scenario.ts';
import { promptStart } from './start.ts';
import { promptTune } from './tune.ts';

export interface PlainOptions {
  readonly session: Session;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly color: boolean;
  readonly ascii: boolean;
}

const PROMPTS = {
  start: promptStart,
  connect: promptConnect,
  scenario: promptScenario,
  tune: promptTune,
  review: promptReview,
  load: promptLoad,
  check: promptCheck,
  next: promptNext,
  live: promptLive,
} as const satisfies Record<string, (step: PromptContext) => Promise<void>>;

/** Asks step after step until the wizard is left; then says what was done. Returns the exit code. */
export async function promptThrough(session: Session, prompter: Prompter): Promise<number> {
  const stop = session.subscribe(() => {});
  for (const sentence of introduction(session.getSnapshot())) prompter.say(sentence);
  const alreadySaid = new WeakSet<object>();
  while (!session.getSnapshot().ended) {
    await PROMPTS[session.getSnapshot().step.name]({ session, prompter, alreadySaid });
  }
  stop();
  const exit = await session.ended;
  for (const line of summaryLines(session.getSnapshot(), session.services.program)) prompter.show(line);
  return exit;
}

/** True for the ways a question ends without an answer: Ctrl+C, and a session that has ended meanwhile. */
function isLeft(error: unknown): boolean {
  return error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name);
}

/** The plain questions on a terminal. Returns the exit code. */
export async function runPlain({ session, stdin, stdout, color, ascii }: PlainOptions): Promise<number> {
  if (!color) process.env['NO_COLOR'] = '1';
  const ended = new AbortController();
  session.ended.then(() => ended.abort());
  const streams = { stdin, stdout: ascii ? asciiStream(stdout) : stdout, signal: ended.signal };
  const prompter =
    process.env['TERM'] === 'dumb'
      ? (await import('./line-prompter.ts')).linePrompter(streams)
      : (await import('./inquirer-prompter.ts')).inquirerPrompter(streams);
  try {
    return await promptThrough(session, prompter);
  } catch (error) {
    if (!isLeft(error)) throw error;
    session.send({ type: 'terminate', exit: EXIT.interrupted });
    const exit = await session.ended;
    for (const line of summaryLines(session.getSnapshot(), session.services.program)) prompter.show(line);
    return exit;
  }
}
