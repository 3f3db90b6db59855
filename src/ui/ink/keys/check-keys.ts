// Check: from group to group and check to check, their queries, and the panel of one that failed.
import type { CheckResult } from '../../../core/events.ts';
import { firstLink } from '../../../wizard/dashboards.ts';
import { curlLine, devToolsLines } from '../../text/check-text.ts';
import { type CheckRow, checkRows, rowInFocus } from '../check-rows.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { enterKey, escapeKey, logKey, openKey, wrap } from './common-keys.ts';
import type { KeyPress } from './key-press.ts';

/** The rows, and the place of the one in focus; the number of rows is the line that goes on. */
function rowsOf({ session, store }: UiContext): { rows: readonly CheckRow[]; focus: number } {
  const { run } = session.getSnapshot();
  if (!run) return { rows: [], focus: -1 };
  const rows = checkRows(run, store.get());
  return { rows, focus: rowInFocus(run, rows, store.get()) };
}

/** The check that has the focus. */
function focusedCheck(ui: UiContext): CheckResult | undefined {
  const { rows, focus } = rowsOf(ui);
  const row = rows[focus];
  return row?.kind === 'check' ? row.check : undefined;
}

/** How far a page goes in the list. */
const PAGE = 10;

/** One row up or down goes round at the ends; a page stops there. */
function move(ui: UiContext, by: number): void {
  const { rows, focus } = rowsOf(ui);
  const ended = ui.session.getSnapshot().run?.status === 'ended';
  const length = rows.length + (ended ? 1 : 0);
  const from = focus < 0 ? (by > 0 ? -1 : length) : focus;
  const place = Math.abs(by) > 1 ? Math.max(0, Math.min(length - 1, from + by)) : wrap(from + by, length);
  ui.store.set({ check: rows[place]?.key });
}

/** What Enter does to a group, by what it shows. */
const GROUP_WORDS = { none: 'open', failed: 'show all', all: 'show less' } as const;

/** Opens a group, or closes it. */
function turn({ store }: UiContext, id: string): void {
  const { opened } = store.get();
  store.set({ opened: opened.includes(id) ? opened.filter((each) => each !== id) : [...opened, id] });
}

/** The failed check after the one in focus, the first after the last. */
function nextFailure(ui: UiContext): void {
  const { rows, focus } = rowsOf(ui);
  const all = rows.flatMap((row) => (row.kind === 'group' ? row.group.checks.filter(({ ok }) => !ok) : []));
  const row = rows[focus];
  const here = row?.kind === 'check' ? all.indexOf(row.check) : -1;
  const wanted = all[wrap(here + 1, all.length)];
  if (wanted) ui.store.set({ check: `check ${wanted.id}` });
}

function mainKey(ui: UiContext, row: CheckRow | undefined): readonly Binding[] {
  const { session, store } = ui;
  const ended = session.getSnapshot().run?.status === 'ended';
  if (!row) return ended ? [enterKey('continue', () => session.send({ type: 'forward' }))] : [];
  if (row.kind === 'group') {
    const { id } = row.group;
    return [enterKey(GROUP_WORDS[row.shows], () => turn(ui, id))];
  }
  const { check } = row;
  return check.ok || !ended
    ? [enterKey('show query', () => store.set({ overlay: { kind: 'query', scroll: 0 } }))]
    : [enterKey('show fixes', () => session.send({ type: 'check-panel', id: check.id }))];
}

function moveKeys(ui: UiContext, first: string | undefined): readonly Binding[] {
  const up = (name: string) => ['up', 'k', 'shift+tab'].includes(name);
  return [
    {
      keys: ['up', 'k', 'shift+tab', 'down', 'j', 'tab'],
      label: '↑↓',
      does: 'move',
      footer: 6,
      run: ({ name }: KeyPress) => move(ui, up(name) ? -1 : 1),
    },
    {
      keys: ['pageup', 'pagedown'],
      label: 'PgUp PgDn',
      does: 'page',
      footer: 1,
      run: ({ name }: KeyPress) => move(ui, name === 'pageup' ? -PAGE : PAGE),
    },
    {
      keys: ['home', 'end'],
      label: 'Home End',
      does: 'first or last item',
      run: ({ name }: KeyPress) => ui.store.set({ check: name === 'home' ? first : undefined }),
    },
  ];
}

/** Keys of the Check screen. */
export function checkKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const { run } = session.getSnapshot();
  const ended = run?.status === 'ended';
  const { rows, focus } = rowsOf(ui);
  const row = rows[focus];
  const failed = run?.checks.some(({ ok }) => !ok);
  const again = () => {
    store.set({ check: undefined, opened: [] });
    session.send({ type: 'check-again' });
  };
  return [
    ...mainKey(ui, row),
    ...(rows.length > 0 ? moveKeys(ui, rows[0]?.key) : []),
    ...(ended
      ? [
          {
            keys: ['n'],
            label: 'n',
            does: 'present',
            footer: 5,
            run: () => session.send({ type: 'forward' }),
          },
        ]
      : []),
    ...(failed ? [{ keys: ['f'], label: 'f', does: 'failures', footer: 7, run: () => nextFailure(ui) }] : []),
    ...(row?.kind === 'check'
      ? [
          {
            keys: ['y'],
            label: 'y',
            does: 'query',
            footer: 4,
            run: () => store.set({ overlay: { kind: 'query', scroll: 0 } }),
          },
        ]
      : []),
    ...(ended ? [{ keys: ['r'], label: 'r', does: 'run again', footer: 4, run: again }] : []),
    ...openKey(ui, ended ? firstLink(session.getSnapshot())?.url : undefined),
    logKey(ui, 2),
    escapeKey(ui),
  ];
}

/** The query of the check that has the focus: for Dev Tools, and as a command. */
export function focusedQuery(ui: UiContext): { lines: readonly string[]; curl: string } {
  const { run, answers } = ui.session.getSnapshot();
  const check = focusedCheck(ui);
  if (!check) return { lines: [], curl: '' };
  const url = run?.done?.url || answers.settings.url;
  const user = answers.settings.local ? undefined : answers.settings.username;
  return { lines: devToolsLines(check.query), curl: curlLine(url, check.query, user) };
}
