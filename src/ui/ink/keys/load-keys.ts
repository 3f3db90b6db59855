// Load and Check.
import { curlLine, devToolsLines } from '../../text/check-text.ts';
import type { Ui } from '../ui.ts';
import type { Binding } from './binding.ts';
import { digitKeys, enterKey, escapeKey, listKeys, stepBack, wrap } from './common-keys.ts';
import type { Press } from './press.ts';

const logKey = ({ view }: Ui, footer = 4): Binding => ({
  keys: ['l'],
  label: 'l',
  does: 'log',
  footer,
  run: () => view.set({ overlay: { kind: 'log', scroll: Number.MAX_SAFE_INTEGER } }),
});

/** The choices when Escape is pressed during a load. */
export const LEAVE_CHOICES = ['Keep loading', 'Stop, and keep what is loaded'] as const;

function leaveKeys(ui: Ui): readonly Binding[] {
  const { session, view } = ui;
  const focus = view.get().leave;
  const pick = (place: number) => session.send({ type: place === 0 ? 'forward' : 'stop' });
  return [
    enterKey('choose', () => pick(focus)),
    ...listKeys({
      length: LEAVE_CHOICES.length,
      focus,
      move: (leave) => view.set({ leave }),
      back: stepBack(ui),
    }),
    digitKeys(LEAVE_CHOICES.length, 'choose', pick),
    escapeKey(ui, 'keep loading'),
  ];
}

function steerKeys({ session }: Ui): readonly Binding[] {
  const paused = session.getSnapshot().work?.steering.paused ?? false;
  return [
    {
      keys: ['p'],
      label: 'p',
      does: paused ? 'go on' : 'pause',
      footer: 7,
      run: () => session.send({ type: 'pause' }),
    },
    {
      keys: ['+', '-'],
      label: '+ -',
      does: 'senders',
      footer: 5,
      run: ({ name }) => session.send({ type: 'senders', by: name === '+' ? 1 : -1 }),
    },
  ];
}

/** Keys of the Load screen. */
export function loadKeys(ui: Ui): readonly Binding[] {
  const { session, view } = ui;
  const { step, work } = session.getSnapshot();
  if (step.name === 'load' && step.view === 'leave') return leaveKeys(ui);
  const ask: Binding = {
    ...escapeKey(ui, 'stop …'),
    run: () => {
      view.set({ leave: 0 });
      session.send({ type: 'back' });
    },
  };
  const running = work?.status === 'running' && !work.loaded;
  return [
    ...(work?.loaded ? [enterKey('to the checks', () => session.send({ type: 'forward' }))] : []),
    ...(running ? steerKeys(ui) : []),
    {
      keys: ['e'],
      label: 'e',
      does: 'errors',
      footer: 6.5,
      run: () => view.set({ overlay: { kind: 'errors', scroll: 0 } }),
    },
    logKey(ui, 6),
    ...(work?.status === 'running' ? [ask] : work?.status === 'ended' ? [escapeKey(ui)] : []),
  ];
}

/** The check that has the focus; undefined is the line that goes on, which is there when all have answered. */
export function focusedCheck({ session, view }: Ui): number | undefined {
  const { work } = session.getSnapshot();
  const { check } = view.get();
  return check !== undefined && check < (work?.checks.length ?? 0) ? check : undefined;
}

/** How far a page goes in the list of checks. */
const PAGE = 10;

/** One row up or down goes round at the ends; a page stops there. */
function moveCheck(ui: Ui, by: number): void {
  const { work } = ui.session.getSnapshot();
  const count = work?.checks.length ?? 0;
  const rows = count + (work?.status === 'ended' ? 1 : 0);
  const wanted = Math.min(focusedCheck(ui) ?? count, rows) + by;
  const place = Math.abs(by) > 1 ? Math.max(0, Math.min(rows - 1, wanted)) : wrap(wanted, rows);
  ui.view.set({ check: place === count ? undefined : place });
}

/** Keys of the Check screen. */
export function checkKeys(ui: Ui): readonly Binding[] {
  const { session, view } = ui;
  const { work } = session.getSnapshot();
  const ended = work?.status === 'ended';
  const focused = focusedCheck(ui);
  const check = work?.checks[focused ?? -1];
  const up = (name: string) => ['up', 'k', 'shift+tab'].includes(name);
  return [
    ...(check === undefined
      ? []
      : check.ok || !ended
        ? [enterKey('query', () => view.set({ overlay: { kind: 'query', scroll: 0 } }))]
        : [enterKey('what can be done', () => session.send({ type: 'check-panel', id: check.id }))]),
    ...(focused === undefined && ended ? [enterKey('next', () => session.send({ type: 'forward' }))] : []),
    ...(work?.checks.length
      ? [
          {
            keys: ['up', 'k', 'shift+tab', 'down', 'j', 'tab'],
            label: '↑↓',
            does: 'move',
            footer: 6,
            run: ({ name }: Press) => moveCheck(ui, up(name) ? -1 : 1),
          },
          {
            keys: ['pageup', 'pagedown'],
            label: 'PgUp PgDn',
            does: 'a page',
            footer: 3,
            run: ({ name }: Press) => moveCheck(ui, name === 'pageup' ? -PAGE : PAGE),
          },
          {
            keys: ['home', 'end'],
            label: 'Home End',
            does: 'first and last',
            run: ({ name }: Press) => view.set({ check: name === 'home' ? 0 : undefined }),
          },
        ]
      : []),
    ...(ended
      ? [
          {
            keys: ['r'],
            label: 'r',
            does: 'check again',
            footer: 4,
            run: () => session.send({ type: 'check-again' }),
          },
        ]
      : []),
    logKey(ui),
    escapeKey(ui),
  ];
}

/** The query of the check that has the focus: for Dev Tools, and as a command. */
export function focusedQuery(ui: Ui): { lines: readonly string[]; curl: string } {
  const { work, answers } = ui.session.getSnapshot();
  const check = work?.checks[focusedCheck(ui) ?? -1];
  if (!check) return { lines: [], curl: '' };
  const url = work?.done?.url || answers.settings.url;
  const user = answers.settings.local ? undefined : answers.settings.username;
  return { lines: devToolsLines(check.query), curl: curlLine(url, check.query, user) };
}
