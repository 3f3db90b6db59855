// The record of a run while it works: what `run --resume` finds when it ends early.

import type { RunRecord } from '../history/record.ts';
import { forgetReplaced, forgetRun, recordOf, runFolder, saveRun } from '../history/runs.ts';
import type { RunRequest } from './request.ts';
import type { RunResult } from './run-result.ts';

export interface OpenRecord {
  /** Where the run keeps its files. */
  readonly folder: string;
  /** Notes how far the run is. Throws AppError `state-unwritable`. */
  readonly note: (status: RunRecord['status'], index: string) => void;
  /** Makes the record what it was before: a run that was being resumed can be resumed again. */
  readonly revert: () => void;
  /** Forgets a run that has left nothing behind; one that was resumed stays. */
  readonly forgetIfNew: () => void;
  /** Forgets unfinished runs whose index this run has just replaced. */
  readonly forgetReplaced: (index: string) => void;
}

/** Opens the record of a run. Throws AppError `state-unwritable` when nothing can be remembered. */
export function openRecord(request: RunRequest, { url, index }: RunResult): OpenRecord {
  const { id, nowMs, settings, presets, directories } = request;
  const earlier = recordOf(directories, id);
  const startedAt = new Date(nowMs).toISOString();
  const note = (status: RunRecord['status'], name: string) =>
    saveRun(directories, {
      ...(earlier?.dashboards ? { dashboards: earlier.dashboards } : {}),
      ...{ id, startedAt, url, settings, presets, index: name, status },
    });
  note(earlier?.status ?? 'preparing', index);
  return {
    folder: runFolder(directories, id),
    note,
    revert: () => (earlier ? saveRun(directories, earlier) : forgetRun(directories, id)),
    forgetIfNew: () => {
      if (!earlier) forgetRun(directories, id);
    },
    forgetReplaced: (name) => forgetReplaced(directories, { id, url, index: name }),
  };
}
