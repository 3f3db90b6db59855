// The checking stage: what the checks find goes into the result and the investigation guide.

import { type Clock, SYSTEM_CLOCK } from '../async/clock.ts';
import type { Cluster } from '../cluster/client.ts';
import type { RunEvent } from '../events.ts';
import { writeText } from '../files/json-file.ts';
import type { Tally } from '../generate/count/tally.ts';
import { removeJournal } from '../load/journal.ts';
import type { Plan } from '../plan/index.ts';
import type { Part } from '../plan/types.ts';
import { guideText } from '../validate/guide.ts';
import { validate } from '../validate/index.ts';
import { type RunResult, stopwatch } from './run-result.ts';
import type { LoadedRun } from './stages.ts';

export interface CheckedData {
  readonly cluster: Cluster;
  readonly plan: Plan;
  /** The exact counts of the plan, where generating has made them. */
  readonly tally?: Tally | undefined;
  readonly part?: Part | undefined;
  /** True when the incidents are marked in the companion index. @default false */
  readonly marked?: boolean | undefined;
  readonly result: RunResult;
  /** Where the guide goes. */
  readonly guideFolder: string;
  readonly signal: AbortSignal;
  readonly clock?: Clock | undefined;
}

/** Checks what a run has loaded; when every check was asked, the run is done and its journal goes. */
export async function* verify(run: LoadedRun): AsyncGenerator<RunEvent> {
  const { request, record, prepared, signal, tally } = run;
  const { dataFile, part, markIncidents: marked } = request;
  // A file was loaded without generating, so nothing was counted.
  const known = dataFile ? undefined : tally;
  yield* runChecks({ ...run, tally: known, part, marked, guideFolder: record.folder });
  if (signal.aborted) return;
  record.note('done', prepared.index);
  removeJournal(record.folder);
}

/** Yields the events of the checks; the guide is written after the last. */
export async function* runChecks(data: CheckedData): AsyncGenerator<RunEvent> {
  const { cluster, plan, tally, part, marked, result, guideFolder, signal, clock = SYSTEM_CLOCK } = data;
  const seconds = stopwatch(clock);
  const { index } = result;
  if (part) result.parts = part.of;
  let counted: Tally | undefined;
  for await (const event of validate({
    cluster,
    index,
    plan,
    ...(tally ? { tally } : {}),
    part,
    marked,
    signal,
  })) {
    if (event.type === 'counted') {
      counted = event.tally;
      result.documents = countsWith(result, event.found, counted);
    } else yield event;
    if (event.type === 'check') result.checks.push(event);
  }
  result.seconds.validate = seconds();
  if (signal.aborted || !counted || result.checks.length === 0) return;
  const text = guideText({ plan, tally: counted, url: result.url, index, results: result.checks });
  result.guide = writeText(guideFolder, 'investigation.md', text);
}

/** The counts of a run that has loaded its documents, or those of an index that is only checked. */
function countsWith({ documents }: RunResult, found: number, tally: Tally | undefined) {
  if (documents.planned > 0) return { ...documents, found };
  return { planned: tally?.documents ?? found, acknowledged: found, found, refused: 0 };
}
