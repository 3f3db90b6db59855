// Check: from check to check, their queries, and the panel of one that failed.
import { firstLink } from '../../../wizard/dashboards.ts';
import { curlLine, devToolsLines } from '../../text/check-text.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { enterKey, escapeKey, logKey, openKey, wrap } from './common-keys.ts';
import type { KeyPress } from './key-press.ts';

/** The check that has the focus; undefined is the line that goes on, which is there when all have answered. */
export function focusedCheck({ session, store }: UiContext): number | undefined {
  const { run } = session.getSnapshot();
  const { check } = store.get();
  return check !== undefined && check < (run?.checks.length ?? 0) ? check : undefined;
}

/** How far a page goes in the list of checks. */
const PAGE = 10;

/** One row up or down goes round at the ends; a page stops there. */
function moveCheck(ui: UiContext, by: number): void {
  const { run } = ui.session.getSnapshot();
  const count = run?.checks.length ?? 0;
  const rows = count + (run?.status === 'ended' ? 1 : 0);
  const wanted = Math.min(focusedCheck(ui) ?? count, rows) + by;
  const place = Math.abs(by) > 1 ? Math.max(0, Math.min(rows - 1, wanted)) : wrap(wanted, rows);
  ui.store.set({ check: place === count ? undefined : place });
}

/** Keys of the Check screen. */
export function checkKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const { run } = session.getSnapshot();
  const ended = run?.status === 'ended';
  const focused = focusedCheck(ui);
  const check = run?.checks[focused ?? -1];
  const up = (name: string) => ['up', 'k', 'shift+tab'].includes(name);
  return [
    ...(check === undefined
      ? []
      : check.ok || !ended
        ? [enterKey('show query', () => store.set({ overlay: { kind: 'query', scroll: 0 } }))]
        : [enterKey('show fixes', () => session.send({ type: 'check-panel', id: check.id }))]),
    ...(focused === undefined && ended
      ? [enterKey('continue', () => session.send({ type: 'forward' }))]
      : []),
    ...(run?.checks.length
      ? [
          {
            keys: ['up', 'k', 'shift+tab', 'down', 'j', 'tab'],
            label: '↑↓',
            does: 'move',
            footer: 6,
            run: ({ name }: KeyPress) => moveCheck(ui, up(name) ? -1 : 1),
          },
          {
            keys: ['pageup', 'pagedown'],
            label: 'PgUp PgDn',
            does: 'page',
            footer: 3,
            run: ({ name }: KeyPress) => moveCheck(ui, name === 'pageup' ? -PAGE : PAGE),
          },
          {
            keys: ['home', 'end'],
            label: 'Home End',
            does: 'first or last item',
            run: ({ name }: KeyPress) => store.set({ check: name === 'home' ? 0 : undefined }),
          },
        ]
      : []),
    ...(ended
      ? [
          {
            keys: ['r'],
            label: 'r',
            does: 'run again',
            footer: 4,
            run: () => session.send({ type: 'check-again' }),
          },
        ]
      : []),
    ...openKey(ui, ended ? firstLink(session.getSnapshot())?.url : undefined),
    logKey(ui),
    escapeKey(ui),
  ];
}

/** The query of the check that has the focus: for Dev Tools, and as a command. */
export function focusedQuery(ui: UiContext): { lines: readonly string[]; curl: string } {
  const { run, answers } = ui.session.getSnapshot();
  const check = run?.checks[focusedCheck(ui) ?? -1];
  if (!check) return { lines: [], curl: '' };
  const url = run?.done?.url || answers.settings.url;
  const user = answers.settings.local ? undefined : answers.settings.username;
  return { lines: devToolsLines(check.query), curl: curlLine(url, check.query, user) };
}
