// The NDJSON files of a data set: everything, the same by phase, and parts that fit one request.

import type { Batch } from '../documents/batch.ts';
import { type AtomicFile, openAtomicFile } from '../files/atomic-file.ts';

const PHASE_FILES = ['normal_data.ndjson', 'incident_data.ndjson', 'recovery_data.ndjson'];

/** `all_data-001.ndjson` … */
export const PART_FILE = /^all_data-\d{3,}\.ndjson$/;

export interface DataFiles {
  readonly write: (batch: Batch) => void;
  readonly finish: () => readonly { name: string; documents: number; bytes: number }[];
  readonly discard: () => void;
}

/** Opens the files in a folder. `partBytes` is the largest size of a part; undefined writes no parts. */
export function openDataFiles(folder: string, partBytes: number | undefined): DataFiles {
  const all = openAtomicFile(folder, 'all_data.ndjson');
  const phases = PHASE_FILES.map((name) => openAtomicFile(folder, name));
  const parts: AtomicFile[] = [];

  const writePart = (data: Uint8Array, limit: number) => {
    let part = parts.at(-1);
    if (!part || part.size().bytes + data.byteLength > limit) {
      part = openAtomicFile(folder, `all_data-${String(parts.length + 1).padStart(3, '0')}.ndjson`);
      parts.push(part);
    }
    part.write(data, 1);
  };
  const everyFile = () => [all, ...phases, ...parts];

  return {
    write: (batch) => {
      all.write(batch.data, batch.documents);
      for (const run of phaseRuns(batch)) phases[run.phase]?.write(run.data, run.documents);
      if (partBytes !== undefined) for (const document of documentsOf(batch)) writePart(document, partBytes);
    },
    finish: () =>
      everyFile().map((file) => {
        file.finish();
        return { name: file.name, ...file.size() };
      }),
    discard: () => {
      for (const file of everyFile()) file.discard();
    },
  };
}

function* documentsOf({ data, offsets, documents }: Batch): Generator<Uint8Array> {
  for (let index = 0; index < documents; index++) yield data.subarray(offsets[index], offsets[index + 1]);
}

/** Runs of documents of one phase, so that a batch takes a few writes and not one for each document. */
function* phaseRuns({
  data,
  offsets,
  phases,
  documents,
}: Batch): Generator<{ phase: number; data: Uint8Array; documents: number }> {
  for (let from = 0; from < documents; ) {
    const phase = phases[from] ?? 0;
    let to = from + 1;
    while (to < documents && phases[to] === phase) to++;
    yield { phase, data: data.subarray(offsets[from], offsets[to]), documents: to - from };
    from = to;
  }
}
