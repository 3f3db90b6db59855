// The rows of Check: a group of checks each, with its checks below it while it is open, and the row that goes on.
import type { CheckResult } from '../../core/events.ts';
import { type CheckGroup, checkGroups } from '../../core/validate/check-groups.ts';
import type { RunView } from '../../wizard/run-view.ts';
import type { UiState } from './ui-state.ts';

export type CheckRow =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly group: CheckGroup;
      /** Which of its checks are below it. */
      readonly shows: 'none' | 'failed' | 'all';
    }
  | {
      readonly kind: 'check';
      readonly key: string;
      readonly group: CheckGroup;
      readonly check: CheckResult;
    };

/** Below a group are its failed checks, and all of them once it was opened. */
export function checkRows({ checks }: RunView, { opened }: Pick<UiState, 'opened'>): readonly CheckRow[] {
  return checkGroups(checks).flatMap((group): CheckRow[] => {
    const shows = opened.includes(group.id) ? 'all' : group.failed > 0 ? 'failed' : 'none';
    const head: CheckRow = { kind: 'group', key: `group ${group.id}`, group, shows };
    const shown = shows === 'all' ? group.checks : group.checks.filter(({ ok }) => !ok);
    const below = shown.map((check): CheckRow => ({ kind: 'check', key: `check ${check.id}`, group, check }));
    return [head, ...below];
  });
}

/** Place of the row that has the focus; the number of rows is the line that goes on, -1 none. */
export function rowInFocus(
  run: RunView,
  rows: readonly CheckRow[],
  { check }: Pick<UiState, 'check'>,
): number {
  const place = rows.findIndex(({ key }) => key === check);
  if (place >= 0) return place;
  return run.status === 'ended' ? rows.length : -1;
}
