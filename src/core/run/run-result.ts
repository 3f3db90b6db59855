// What is known of a run so far; it becomes the last event, also of a run that fails half-way.
import { AppError } from '../../errors/app-error.ts';
import type { CheckResult, DocumentCounts, RunDone } from '../events.ts';

export interface RunResult {
  url: string;
  index: string;
  seed: number;
  documents: DocumentCounts;
  checks: CheckResult[];
  seconds: { plan: number; load: number; validate: number };
  /** In how many parts the index is loaded; left out when it is loaded as a whole. */
  parts?: number;
  /** Path of the investigation guide, once it is written. */
  guide?: string;
}

/** An outcome in which nothing has happened yet. */
export function newRunResult(url: string, index: string, seed: number): RunResult {
  return {
    url,
    index,
    seed,
    documents: { planned: 0, acknowledged: 0, found: 0, refused: 0 },
    checks: [],
    seconds: { plan: 0, load: 0, validate: 0 },
  };
}

/** Seconds since a reading of performance.now(), to the millisecond. */
export function secondsSince(start: number): number {
  return Math.round(performance.now() - start) / 1000;
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

/** The last event. */
export function doneEvent(
  outcome: RunResult,
  { command, total, failure }: { command: string; total: number; failure: AppError | undefined },
): RunDone {
  const { url, index, seed, documents, checks, seconds } = outcome;
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
    ...(outcome.guide ? { guide: outcome.guide } : {}),
    ...(failure
      ? { error: { code: failure.code, message: failure.message, actions: failure.explain().actions } }
      : {}),
  };
}

/** The error of a command that Ctrl+C or SIGTERM ended, by the reason of its signal. @param kept what is left behind. */
export function stoppedBy(signal: AbortSignal, kept: string, resume = ''): AppError {
  return new AppError(signal.reason === 'SIGTERM' ? 'terminated' : 'cancelled', { kept, resume });
}
