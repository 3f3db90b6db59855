// Documents that a cluster will never take, kept with the reason so that nothing is lost.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RefusedGroup } from './events.ts';
import type { RefusedDocument } from './load/index.ts';
import { makeFolder } from './output/folder.ts';

export interface RefusedFile {
  readonly path: string;
  readonly add: (refused: RefusedDocument) => void;
  readonly firstReason: () => string | undefined;
  /** How many for which reason, the most frequent first; reasons beyond the first twenty are counted together. */
  readonly groups: () => readonly RefusedGroup[];
}

const MOST_GROUPS = 20;

/** Reasons that differ only in the document they name are one. */
const groupOf = (reason: string) => reason.replace(/'[^']*'/g, "'…'");

/** One JSON line for each refused document: id, reason and source. The file appears with the first. */
export function refusedFile(folder: string): RefusedFile {
  const path = join(folder, 'refused.ndjson');
  let first: string | undefined;
  const groups = new Map<string, RefusedGroup>();
  const count = ({ id, reason }: RefusedDocument) => {
    const wanted = groupOf(reason);
    const group = groups.has(wanted) || groups.size < MOST_GROUPS ? wanted : 'other reasons';
    const { documents = 0, example = id } = groups.get(group) ?? {};
    groups.set(group, { reason: group, documents: documents + 1, example });
  };
  return {
    path,
    add: (refused) => {
      if (first === undefined) makeFolder(folder, 0o700);
      first ??= refused.reason;
      count(refused);
      appendFileSync(path, `${JSON.stringify(refused)}\n`, { mode: 0o600 });
    },
    firstReason: () => first,
    groups: () => [...groups.values()].toSorted((a, b) => b.documents - a.documents),
  };
}
