// How a run ends: its last event, and the errors of failed checks and of a stop.
import { AppError, asAppError } from '../../errors/app-error.ts';
import type { Clock } from '../async/clock.ts';
import type { RunDone, RunEvent } from '../events.ts';
import { type RunResult, stopwatch } from './run-result.ts';

export interface Finish {
  readonly result: RunResult;
  readonly signal: AbortSignal;
  /** The line that repeats the run. */
  readonly command: string;
  /** The error of a run that was stopped. */
  readonly stopped: () => AppError;
  readonly clock?: Clock | undefined;
}

/** Yields the events of some work, then `done`. Nothing is thrown: what went wrong is in that last event. */
export async function* finish(
  work: AsyncIterable<RunEvent>,
  { result, signal, command, stopped, clock }: Finish,
): AsyncGenerator<RunEvent> {
  const seconds = stopwatch(clock);
  let failure: AppError | undefined;
  try {
    yield* work;
  } catch (error) {
    failure = asAppError(error);
  }
  if (signal.aborted) failure = stopped();
  yield doneEvent(result, command, seconds(), failure);
}

function doneEvent(
  { url, index, seed, documents, checks, seconds, guide, scenarios, links, dryRun }: RunResult,
  command: string,
  total: number,
  failure: AppError | undefined,
): RunDone {
  return {
    type: 'done',
    ok: failure === undefined,
    exit: failure?.exit ?? 0,
    url,
    index,
    documents,
    checks: checks.map(({ id, ok, expected, found }) => ({ id, ok, expected, found })),
    seconds: { ...seconds, total },
    seed,
    command,
    ...(dryRun ? { dryRun } : {}),
    ...(guide ? { guide } : {}),
    ...(scenarios ? { scenarios } : {}),
    ...(links ? { links } : {}),
    ...(failure
      ? { error: { code: failure.code, message: failure.message, actions: failure.explain().actions } }
      : {}),
  };
}

/** Throws AppError `checks-failed` when a check failed. */
export function assertChecks({ checks, documents, index, parts }: RunResult): void {
  const failed = checks.filter(({ ok }) => !ok).length;
  if (failed === 0) return;
  const missing = documents.found < documents.planned;
  throw new AppError('checks-failed', {
    failed,
    total: checks.length,
    index,
    missing,
    changed: !missing,
    // Replacing it would delete the parts that others have loaded.
    ...(parts === undefined ? { whole: true } : { parts }),
  });
}

/** The error of a command that Ctrl+C or SIGTERM ended, by the reason of its signal. @param kept what is left behind. */
export function stoppedBy(signal: AbortSignal, kept: string, resume = ''): AppError {
  return new AppError(signal.reason === 'SIGTERM' ? 'terminated' : 'cancelled', { kept, resume });
}
