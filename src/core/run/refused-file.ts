// The file of documents that a cluster rejected for good, each with its reason, so that nothing is lost.
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import type { RefusedGroup } from '../events.ts';
import { makePrivateFolder } from '../files/folder.ts';
import { fileErrorReason } from '../files/reason.ts';
import type { RefusedDocument } from '../load/index.ts';

export interface RefusedFile {
  readonly path: string;
  readonly add: (refused: RefusedDocument) => void;
  readonly firstReason: () => string | undefined;
  /** How many for which reason, the most frequent first; reasons beyond the first twenty are counted together. */
  readonly groups: () => readonly RefusedGroup[];
}

const MAX_GROUPS = 20;

/** Reasons that differ only in the values they quote count as one. */
const groupOf = (reason: string) => reason.replace(/'[^']*'/g, "'…'");

/** Reads the documents of such a file. Throws AppError `file-unreadable`, `nothing-refused` or `data-file`. */
export function readRefused(file: string): RefusedDocument[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const reason = fileErrorReason(error);
    throw new AppError('file-unreadable', { file, reason }, { cause: error });
  }
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0) throw new AppError('nothing-refused', { file });
  return lines.map((line, at) => {
    const refused = refusedIn(line);
    if (refused) return refused;
    throw new AppError('data-file', { file, line: at + 1, problem: 'a rejected document is expected here' });
  });
}

function refusedIn(line: string): RefusedDocument | undefined {
  try {
    const { id, reason, source } = JSON.parse(line) as Partial<Record<string, unknown>>;
    if (typeof id !== 'string' || typeof source !== 'string' || !/^[\w-]+$/.test(id)) return undefined;
    const held: unknown = JSON.parse(source);
    if (typeof held !== 'object' || held === null || Array.isArray(held)) return undefined;
    return { id, reason: String(reason ?? ''), source };
  } catch {
    return undefined;
  }
}

/**
 * Opens the file: one JSON line for each rejected document, with id, reason and source. An earlier file is removed, since a
 * resumed run sends each of these documents again; the new one appears with the first rejection.
 */
export function refusedFile(folder: string, name = 'refused.ndjson'): RefusedFile {
  const path = join(folder, name);
  rmSync(path, { force: true });
  let first: string | undefined;
  const groups = new Map<string, RefusedGroup>();
  const count = ({ id, reason }: RefusedDocument) => {
    const wanted = groupOf(reason);
    const group = groups.has(wanted) || groups.size < MAX_GROUPS ? wanted : 'other reasons';
    const { documents = 0, example = id } = groups.get(group) ?? {};
    groups.set(group, { reason: group, documents: documents + 1, example });
  };
  return {
    path,
    add: (refused) => {
      if (first === undefined) makePrivateFolder(folder);
      first ??= refused.reason;
      count(refused);
      appendFileSync(path, `${JSON.stringify(refused)}\n`, { mode: 0o600 });
    },
    firstReason: () => first,
    groups: () => [...groups.values()].toSorted((a, b) => b.documents - a.documents),
  };
}

/** Values for the error about rejected documents: where they are kept, and the command that retries them. */
export function refusedAdvice(
  { url, index }: { readonly url: string; readonly index: string },
  file: string,
) {
  const name = /[^\w./-]/.test(file) ? JSON.stringify(file) : file;
  const refusedCommand = `incident-demo load --refused ${name} --url ${url} --index ${index}`;
  return { refusedFile: file, refusedCommand };
}
