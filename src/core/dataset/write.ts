// `generate`: the data, the mapping, the answer key and the summary in one folder, all of it or none.

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { mappingFor } from '../cluster/indexes/mapping.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import { writeAtomically } from '../files/atomic-file.ts';
import { makeFolder } from '../files/folder.ts';
import { fileErrorReason } from '../files/reason.ts';
import type { Tally } from '../generate/count/tally.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { streamBatches } from '../generate/stream.ts';
import { answerKey } from '../ground-truth/answer-key.ts';
import type { Plan } from '../plan/index.ts';
import type { Part } from '../plan/types.ts';
import { openDataFiles, PART_FILE } from './data-files.ts';
import { assertOwnFolder } from './own-folder.ts';

export interface FileRequest {
  readonly plan: Plan;
  readonly folder: string;
  readonly part: Part | undefined;
  readonly splitMb: number | undefined;
  /** Threads that generate beside this one. @default 0 */
  readonly threads?: number | undefined;
  readonly meta: RunMeta;
  /** The line that makes the same files again. */
  readonly command: string;
  readonly signal: AbortSignal;
}

export interface WrittenFile {
  readonly name: string;
  readonly documents: number;
  readonly bytes: number;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes a data set into a folder. Yields the number of documents after each batch; returns the files.
 * Throws AppError `output-unwritable`; when it throws or is aborted, the folder holds no half-written file.
 */
export async function* writeFiles(
  request: FileRequest,
): AsyncGenerator<{ documents: number }, readonly WrittenFile[]> {
  const { plan, folder, signal, threads } = request;
  const tally = TRANSACTIONS.tally.empty();
  const files = attempt(folder, () => {
    makeFolder(folder);
    assertOwnFolder(folder);
    return openDataFiles(folder, request.splitMb === undefined ? undefined : request.splitMb * 1_000_000);
  });
  let documents = 0;
  let whole = false;
  try {
    for await (const batch of streamBatches(plan, request.part, tally, signal, { threads })) {
      attempt(folder, () => files.write(batch));
      batch.release?.();
      documents += batch.documents;
      yield { documents };
    }
    if (signal.aborted) return [];
    const known = request.part ? TRANSACTIONS.tally.count(plan) : tally;
    const result = attempt(folder, () => {
      for (const name of readdirSync(folder)) if (PART_FILE.test(name)) rmSync(join(folder, name));
      const written = files.finish();
      const mapping = mappingFor(TRANSACTIONS, plan.parameters.labelDocuments, request.meta);
      writeAtomically(folder, 'mapping.json', json(mapping));
      writeAtomically(folder, 'incidents.json', json(answerKey(plan, known)));
      writeAtomically(folder, 'summary.json', json(summary(request, written, tally)));
      return written;
    });
    whole = true;
    return result;
  } finally {
    if (!whole) files.discard();
  }
}

function attempt<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = fileErrorReason(error);
    throw new AppError('output-unwritable', { folder, reason }, { cause: error });
  }
}

function summary(
  { plan, part, meta, command }: FileRequest,
  files: readonly WrittenFile[],
  tally: Tally,
): object {
  return {
    tool: meta.tool,
    version: meta.version,
    key: plan.key,
    seed: plan.parameters.seed,
    now: meta.now,
    demo_day: plan.demoDay,
    start: new Date(plan.startMs).toISOString(),
    end: new Date(plan.endMs).toISOString(),
    part: part ? `${part.index}/${part.of}` : null,
    parameters: plan.parameters,
    command,
    documents: tally.documents,
    incidents: plan.incidents.length,
    files,
    tally,
  };
}
