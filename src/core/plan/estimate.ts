// How much a plan will write, before anything is written.
import { trafficAt } from './curve.ts';
import { sampleAt } from './sampling.ts';
import type { Plan } from './types.ts';

/** Bytes of a document with its action line, on average; measured on the default data set. */
const BYTES_PER_DOCUMENT = 1161;
const STEP_MS = 300_000;

/** Expected number of documents and bytes of bulk NDJSON. The documents of a run differ from it by chance, about 1 in 100. */
export function estimate(plan: Plan): { documents: number; bytes: number } {
  let kept = 0;
  for (let at = plan.startMs; at < plan.endMs; at += STEP_MS) {
    const width = Math.min(STEP_MS, plan.endMs - at);
    const middleMs = at + width / 2;
    kept += (trafficAt(plan, middleMs) * width) / 1000 / sampleAt(plan, middleMs);
  }
  const documents = Math.round(kept);
  return { documents, bytes: documents * BYTES_PER_DOCUMENT };
}

/** Disk space that a byte of a document's text takes in the index: 78 MB were measured for 276 MB of text. */
export const DISK_BYTES_PER_BYTE = 0.3;
