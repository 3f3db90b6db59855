// The records of runs, so that an unfinished run can be resumed and a finished one removed.
import { join } from 'node:path';
import type { Directories } from '../directories.ts';
import { entries, holds, readJson, removeFolder, writeJson } from '../files/json-file.ts';
import { isRunRecord, type RunRecord, recordProblem, type StoredDashboards } from './record.ts';

const RECORD = 'run.json';
const folderOf = (directories: Directories) => join(directories.state, 'runs');

/** A name for a run that sorts by time: `20260314-160000-4c2f`. @param random 0 to 1, tells parts apart that start together. */
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

/** Writes the record of a run. Throws AppError `state-unwritable`. */
export function saveRun(directories: Directories, record: RunRecord): void {
  writeJson(runFolder(directories, record.id), RECORD, record);
}

/** Every run with an intact record, oldest first. */
export function listRuns(directories: Directories): RunRecord[] {
  const folder = folderOf(directories);
  return entries(folder)
    .sort()
    .map((id) => readJson(join(folder, id), RECORD))
    .filter(isRunRecord);
}

/** A run whose record cannot be used. */
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

/** Forgets unfinished runs into an index that has just been recreated: what they loaded is gone. */
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

/** The record of a run, or undefined when there is none or it is damaged. */
export function recordOf(directories: Directories, id: string): RunRecord | undefined {
  const record = readJson(runFolder(directories, id), RECORD);
  return isRunRecord(record) && record.id === id ? record : undefined;
}

/** Notes what a run has stored in Dashboards, if it has a record. Throws AppError `state-unwritable`. */
export function noteDashboards(directories: Directories, id: string, dashboards: StoredDashboards): void {
  const record = recordOf(directories, id);
  if (!record) return;
  const { dashboards: _, ...rest } = record;
  saveRun(directories, dashboards.objects.length > 0 ? { ...rest, dashboards } : rest);
}

/** Marks a run as done, if it has a record. */
export function endRun(directories: Directories, id: string): void {
  const record = recordOf(directories, id);
  if (record) saveRun(directories, { ...record, status: 'done' });
}

/** Removes the record of a run and its other files. */
export function forgetRun(directories: Directories, id: string): void {
  removeFolder(runFolder(directories, id));
}
