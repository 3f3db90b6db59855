// The checking part of a run: what is found is kept in the outcome, and told in the investigation guide.

import type { Cluster } from '../cluster/client.ts';
import type { RunEvent } from '../events.ts';
import { writeText } from '../files/json-file.ts';
import type { Tally } from '../generate/count/tally.ts';
import type { Plan } from '../plan/index.ts';
import type { Part } from '../plan/types.ts';
import { guideText } from '../validate/guide.ts';
import { validate } from '../validate/index.ts';
import { type RunResult, secondsSince } from './run-result.ts';

export interface ChecksOfRun {
  readonly cluster: Cluster;
  readonly plan: Plan;
  /** The exact counts of the plan, where generating has made them. */
  readonly tally?: Tally;
  readonly part?: Part | undefined;
  readonly outcome: RunResult;
  /** Where the guide goes. */
  readonly guideFolder: string;
}

/** Yields the events of the checks. The guide is written when every check has been asked. */
export async function* runChecks(
  { cluster, plan, tally, part, outcome, guideFolder }: ChecksOfRun,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const start = performance.now();
  const { index } = outcome;
  if (part) outcome.parts = part.of;
  const loaded = outcome.documents.planned > 0;
  let counted: Tally | undefined;
  for await (const event of validate({ cluster, index, plan, ...(tally ? { tally } : {}), part, signal })) {
    if (event.type === 'counted') {
      counted = event.tally;
      const { found } = event;
      outcome.documents = loaded
        ? { ...outcome.documents, found }
        : { planned: event.tally?.documents ?? found, acknowledged: found, found, refused: 0 };
    } else yield event;
    if (event.type === 'check') outcome.checks.push(event);
  }
  outcome.seconds.validate = secondsSince(start);
  if (signal.aborted || !counted || outcome.checks.length === 0) return;
  const text = guideText({ plan, tally: counted, url: outcome.url, index, results: outcome.checks });
  outcome.guide = writeText(guideFolder, 'investigation.md', text);
}
