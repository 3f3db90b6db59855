// The plain front: the same session as questions and lines, for terminals and people that want no full screen.
import { EXIT } from '../../errors/app-error.ts';
import type { Session } from '../../wizard/session.ts';
import { asciiStream } from '../ascii-stream.ts';
import { promise } from '../text/connect-text.ts';
import { summaryLines } from '../text/summary-text.ts';
import { connectStep, type Step } from './connect.ts';
import { checkStep, loadStep, nextStep } from './load.ts';
import type { Talk } from './prompter.ts';
import { reviewStep } from './review.ts';
import { scenarioStep, tuneStep } from './scenario.ts';
import { startStep } from './start.ts';

export interface PlainOptions {
  readonly session: Session;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly color: boolean;
  readonly ascii: boolean;
}

const STEPS = {
  start: startStep,
  connect: connectStep,
  scenario: scenarioStep,
  tune: tuneStep,
  review: reviewStep,
  load: loadStep,
  check: checkStep,
  next: nextStep,
} as const satisfies Record<string, (step: Step) => Promise<void>>;

/** Asks step after step until the wizard is left; then says what was done. Returns the exit code. */
export async function talkThrough(session: Session, talk: Talk): Promise<number> {
  const stop = session.subscribe(() => {});
  for (const sentence of promise(session.getSnapshot())) talk.say(sentence);
  const told = new WeakSet<object>();
  while (!session.getSnapshot().ended) {
    await STEPS[session.getSnapshot().step.name]({ session, talk, told });
  }
  stop();
  const exit = await session.ended;
  for (const line of summaryLines(session.getSnapshot(), session.services.program)) talk.show(line);
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
  const talk =
    process.env['TERM'] === 'dumb'
      ? (await import('./line-prompter.ts')).lineTalk(streams)
      : (await import('./inquirer-prompter.ts')).promptTalk(streams);
  try {
    return await talkThrough(session, talk);
  } catch (error) {
    if (!isLeft(error)) throw error;
    session.send({ type: 'terminate', exit: EXIT.interrupted });
    const exit = await session.ended;
    for (const line of summaryLines(session.getSnapshot(), session.services.program)) talk.show(line);
    return exit;
  }
}
