// What is remembered of each run, so that an unfinished one can go on and a finished one can be removed.
import { join } from 'node:path';
import type { Directories } from '../directories.ts';
import { entries, holds, readJson, removeFolder, writeJson } from '../files/json-file.ts';
import { isRunRecord, type RunRecord, recordProblem } from './record.ts';

const RECORD = 'run.json';
const folderOf = (directories: Directories) => join(directories.state, 'runs');

/** A name for a run that sorts by time: `20260314-160000-4c2f`. @param random 0 to 1, keeps parts that start together apart. */
export function runId(nowMs: number, random: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${Math.floor(random * 0x10000)
    .toString(16)
    .padStart(4, '0')}`;
}

/** The folder of a run: its record and its investigation guide. An id from an index cannot lead out of it. */
export function runFolder(directories: Directories, id: string): string {
  return join(folderOf(directories), id.replace(/[^\w-]/g, '_').slice(0, 100));
}

/** Keeps the record of a run. */
export function saveRun(directories: Directories, record: RunRecord): void {
  writeJson(runFolder(directories, record.id), RECORD, record);
}

/** Every run that is remembered, oldest first; damaged records are passed over. */
export function listRuns(directories: Directories): RunRecord[] {
  const folder = folderOf(directories);
  return entries(folder)
    .sort()
    .map((id) => readJson(join(folder, id), RECORD))
    .filter(isRunRecord);
}

/** A run of which something is remembered that cannot be read. */
export interface DamagedRun {
  readonly id: string;
  readonly file: string;
  readonly problem: string;
}

/** Runs whose record is damaged, oldest first. */
export function damagedRuns(directories: Directories): DamagedRun[] {
  const folder = folderOf(directories);
  return entries(folder)
    .sort()
    .filter((id) => holds(join(folder, id), RECORD))
    .flatMap((id) => {
      const value = readJson(join(folder, id), RECORD);
      const problem = value === undefined ? 'it is not JSON, or cannot be read' : recordProblem(value);
      return problem === undefined ? [] : [{ id, file: join(folder, id, RECORD), problem }];
    });
}

/** Forgets unfinished runs into an index that has just been made anew: what they loaded is gone. */
export function forgetReplaced(
  directories: Directories,
  made: Pick<RunRecord, 'id' | 'url' | 'index'>,
): void {
  for (const { id, status, url, index } of listRuns(directories)) {
    if (status !== 'done' && id !== made.id && url === made.url && index === made.index) {
      forgetRun(directories, id);
    }
  }
}

/** What is remembered of a run, if anything is. */
export function recordOf(directories: Directories, id: string): RunRecord | undefined {
  const record = readJson(runFolder(directories, id), RECORD);
  return isRunRecord(record) && record.id === id ? record : undefined;
}

/** Notes that a run has ended, if it is remembered. */
export function endRun(directories: Directories, id: string): void {
  const record = recordOf(directories, id);
  if (record) saveRun(directories, { ...record, status: 'done' });
}

/** Forgets a run. */
export function forgetRun(directories: Directories, id: string): void {
  removeFolder(runFolder(directories, id));
}
