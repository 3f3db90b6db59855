// Documents that a cluster will never take, kept with the reason so that nothing is lost.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RefusedDocument } from './load/index.ts';

export interface RefusedFile {
  readonly path: string;
  readonly add: (refused: RefusedDocument) => void;
  readonly firstReason: () => string | undefined;
}

/** One JSON line for each refused document: id, reason and source. The file appears with the first. */
export function refusedFile(folder: string): RefusedFile {
  const path = join(folder, 'refused.ndjson');
  let first: string | undefined;
  return {
    path,
    add: (refused) => {
      if (first === undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
      first ??= refused.reason;
      appendFileSync(path, `${JSON.stringify(refused)}\n`, { mode: 0o600 });
    },
    firstReason: () => first,
  };
}
