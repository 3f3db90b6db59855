// The checking stage: what the checks find goes into the result and the investigation guide.

import { asAppError } from '../../errors/app-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../async/clock.ts';
import type { RunEvent } from '../events.ts';
import type { Tally } from '../generate/count/tally.ts';
import { removeJournal } from '../load/journal.ts';
import { briefsOf } from '../validate/guide/briefs.ts';
import { type ValidateRequest, validate } from '../validate/index.ts';
import type { RunScope } from '../validate/scope.ts';
import { askGuide, writeGuide } from './guide.ts';
import { type RunResult, stopwatch } from './run-result.ts';
import type { LoadedRun } from './stages.ts';

export interface CheckedData extends Omit<ValidateRequest, 'index'> {
  readonly result: RunResult;
  /** Where the guide goes. */
  readonly guideFolder: string;
  readonly clock?: Clock | undefined;
}

/** Checks what a run has loaded; once every check has run, the run is done and its journal is deleted. */
export async function* verify(run: LoadedRun): AsyncGenerator<RunEvent> {
  const { request, record, prepared, signal, tally } = run;
  const { dataFile, part, markIncidents: marked, deep } = request;
  // A file was loaded without generating, so nothing was counted.
  const known = dataFile ? undefined : tally;
  yield* runChecks({ ...run, tally: known, part, marked, deep, guideFolder: record.folder });
  if (signal.aborted) return;
  try {
    record.note('done', prepared.index);
    removeJournal(record.folder);
  } catch (error) {
    // The data is loaded and proved; a full disk here does not undo that.
    yield { type: 'notice', text: `This run cannot be marked as done: ${asAppError(error).message}` };
  }
}

/** Yields the events of the checks; the guide is written after the last. */
export async function* runChecks(data: CheckedData): AsyncGenerator<RunEvent> {
  const { cluster, plan, part, result, guideFolder, signal, clock = SYSTEM_CLOCK } = data;
  const seconds = stopwatch(clock);
  if (part) result.parts = part.of;
  let counted: { readonly tally: Tally | undefined; readonly scope: RunScope } | undefined;
  for await (const event of validate({ ...data, index: result.index })) {
    if (event.type === 'counted') {
      counted = event;
      result.documents = countsWith(result, event.found, event.tally);
    } else yield event;
    if (event.type === 'check') result.checks.push(event);
  }
  result.seconds.validate = seconds();
  if (signal.aborted || !counted?.tally || result.checks.length === 0) return;
  const { scope, tally: counts } = counted;
  const { url, checks: results } = result;
  try {
    const guide = await askGuide({ cluster, plan, tally: counts, url, scope, results, signal });
    result.guide = writeGuide(guideFolder, guide);
    result.scenarios = briefsOf(guide);
    result.investigation = { guide, folder: guideFolder };
  } catch (error) {
    if (signal.aborted) return;
    // The checks have proved the data; a cluster that rejects a query of the guide does not undo that.
    yield {
      type: 'notice',
      text: `The investigation guide was not written: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The counts of a run that has loaded its documents, or those of an index that is only checked. */
function countsWith({ documents }: RunResult, found: number, tally: Tally | undefined) {
  if (documents.planned > 0) return { ...documents, found };
  return { planned: tally?.documents ?? found, acknowledged: found, found, refused: 0 };
}
