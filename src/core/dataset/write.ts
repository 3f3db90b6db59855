// `generate`: the data, the mapping, the answer key and the summary in one folder, all of them or none.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mappingFor } from '../cluster/indexes/mapping.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import { DASHBOARDS_FILE, dashboardsText } from '../dashboards/file.ts';
import { writeAtomically } from '../files/atomic-file.ts';
import { makeFolder } from '../files/folder.ts';
import { writingTo } from '../files/output-file.ts';
import type { Tally } from '../generate/count/tally.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { streamBatches } from '../generate/stream.ts';
import { answerKey } from '../ground-truth/answer-key.ts';
import type { Plan } from '../plan/index.ts';
import type { Part } from '../plan/types.ts';
import { type DataFiles, openDataFiles, PART_FILE } from './data-files.ts';
import { assertOwnFolder } from './own-folder.ts';
import { summaryOf } from './summary.ts';

export interface FileRequest {
  readonly plan: Plan;
  readonly folder: string;
  readonly part: Part | undefined;
  readonly splitMb: number | undefined;
  /** Threads that generate beside this one. @default 0 */
  readonly threads?: number | undefined;
  readonly meta: RunMeta;
  /** The index that the dashboards show. */
  readonly index: string;
  /** True when the incidents will be marked in its companion. */
  readonly marked: boolean;
  /** The line that generates the same files. */
  readonly command: string;
  readonly signal: AbortSignal;
}

type WrittenDashboards = Pick<FileRequest, 'plan' | 'index' | 'marked'>;

export interface WrittenFile {
  readonly name: string;
  readonly documents: number;
  readonly bytes: number;
}

/**
 * Writes a data set into a folder; returns its data files, or none after a stop. Throws AppError `output-unwritable`; when
 * it throws or is stopped, the folder holds no half-written file.
 */
export async function writeFiles(request: FileRequest): Promise<readonly WrittenFile[]> {
  const { plan, folder, part, splitMb, signal, threads } = request;
  const tally = TRANSACTIONS.tally.empty();
  const files = writingTo(folder, () => {
    makeFolder(folder);
    assertOwnFolder(folder);
    return openDataFiles(folder, splitMb === undefined ? undefined : splitMb * 1_000_000);
  });
  try {
    for await (const batch of streamBatches(plan, part, tally, signal, { threads })) {
      writingTo(folder, () => files.write(batch));
      batch.release?.();
    }
    if (signal.aborted) {
      files.discard();
      return [];
    }
    const all = part ? TRANSACTIONS.tally.count(plan) : tally;
    return writingTo(folder, () => finishFiles(request, files, tally, all));
  } catch (error) {
    files.discard();
    throw error;
  }
}

/** Gives the data files their names, in place of those of an earlier data set, and writes what belongs to them. */
function finishFiles(
  request: FileRequest,
  files: DataFiles,
  tally: Tally,
  /** The counts of the whole plan, also when only a part is written. */
  all: Tally,
): readonly WrittenFile[] {
  const { plan, folder, meta } = request;
  for (const name of readdirSync(folder)) if (PART_FILE.test(name)) rmSync(join(folder, name));
  const written = files.finish();
  const write = (name: string, value: unknown) =>
    writeAtomically(folder, name, `${JSON.stringify(value, null, 2)}\n`);
  write('mapping.json', mappingFor(TRANSACTIONS, plan.parameters.labelDocuments, meta));
  write('incidents.json', answerKey(plan, all));
  write('summary.json', summaryOf({ ...request, files: written, tally }));
  writeDashboards(folder, request);
  return written;
}

/** Writes the dashboards for an index beside its data, to be imported by hand. Throws AppError `output-unwritable`. */
export function writeDashboards(folder: string, { plan, index, marked }: WrittenDashboards): void {
  writingTo(folder, () =>
    writeAtomically(folder, DASHBOARDS_FILE, dashboardsText({ plan, index, answers: marked })),
  );
}
