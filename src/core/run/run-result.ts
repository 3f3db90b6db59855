// What is known of a run so far; its last event is made from it, also of a run that fails half-way.
import { type Clock, SYSTEM_CLOCK } from '../async/clock.ts';
import type { CheckResult, DashboardLink, DocumentCounts, ScenarioBrief } from '../events.ts';
import type { Guide } from '../validate/guide/guide.ts';

/** Filled in by the stages of a run as they learn it. */
export interface RunResult {
  url: string;
  index: string;
  seed: number;
  documents: DocumentCounts;
  checks: CheckResult[];
  seconds: { plan: number; load: number; validate: number };
  /** Set by a dry run, which writes nothing. */
  dryRun?: true;
  /** In how many parts the index is loaded; left out when it is loaded as a whole. */
  parts?: number;
  /** Path of the investigation guide, once it is written. */
  guide?: string;
  /** The same guide as data and the folder it is in, for whoever adds to it. */
  investigation?: { readonly guide: Guide; readonly folder: string };
  /** The scenarios at a glance, once the guide is written. */
  scenarios?: readonly ScenarioBrief[];
  /** Links to the dashboards, once they are installed. */
  links?: readonly DashboardLink[];
}

/** The counts of a run that has not loaded anything. */
export const NO_DOCUMENTS: DocumentCounts = { planned: 0, acknowledged: 0, found: 0, refused: 0 };

/** The result of a run in which nothing has happened yet. */
export function newRunResult(url: string, index: string, seed: number): RunResult {
  return {
    ...{ url, index, seed },
    documents: NO_DOCUMENTS,
    checks: [],
    seconds: { plan: 0, load: 0, validate: 0 },
  };
}

/** A function that gives the seconds since now, to the millisecond. */
export function stopwatch(clock: Clock = SYSTEM_CLOCK): () => number {
  const start = clock.now();
  return () => Math.round(clock.now() - start) / 1000;
}
