// Live: incidents by key, what the next one is like, and the way out, which asks nothing.
import { liveLink } from '../../../wizard/live.ts';
import { isHeld, type LiveView, runningHerring, runningIncident } from '../../../wizard/live-view.ts';
import { gapChoices } from '../../text/live-gap.ts';
import { notesOf, type Startable, startables } from '../../text/live-text.ts';
import type { UiContext } from '../ui-context.ts';
import type { OverlayKind } from '../ui-state.ts';
import type { Binding } from './binding.ts';
import { chooseKeys, openKey } from './common-keys.ts';

const BIG_STEP = 5;

/** What the next incident is like. */
function choiceKeys({ session }: UiContext, { choice: { presets }, catalog }: LiveView): readonly Binding[] {
  const hasPresets = catalog.some(({ kind }) => kind === 'preset');
  const change = (by: number) => session.send({ type: 'live-choice', change: { minutes: by } });
  return [
    {
      keys: ['s'],
      label: 's',
      does: 'severity',
      footer: 6,
      run: () => session.send({ type: 'live-choice', change: { severity: 1 } }),
    },
    {
      keys: ['left', 'right', 'pagedown', 'pageup'],
      label: '←→',
      does: 'minutes',
      footer: 5.5,
      run: ({ name }) => change({ left: -1, right: 1, pagedown: -BIG_STEP, pageup: BIG_STEP }[name] ?? 0),
    },
    ...(hasPresets
      ? [
          {
            keys: ['p'],
            label: 'p',
            does: presets ? 'types' : 'presets',
            footer: 5,
            run: () => session.send({ type: 'live-choice', change: { presets: !presets } }),
          },
        ]
      : []),
  ];
}

/** What happens to the time since the last document. */
function gapKeys({ session, store }: UiContext, live: LiveView): readonly Binding[] {
  const focus = store.get().answer;
  const choices = gapChoices(live);
  const pick = (place: number) => {
    const choice = choices[place];
    if (choice) session.send({ type: 'live-gap', gap: choice.gap });
  };
  const { length } = choices;
  return chooseKeys({ length, focus, move: (answer) => store.set({ answer }), pick });
}

/** `1-5`, or `3` where the others cannot be as bad as is chosen. */
function digitsLabel(digits: readonly Startable[]): string {
  const fitting = digits.filter(({ fits }) => fits).map(({ key }) => key);
  if (fitting.length === digits.length && digits.length > 1) return `1-${digits.length}`;
  return fitting.join(',') || '1';
}

/** Keys of the live shop. */
export function liveKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const { live } = session.getSnapshot();
  if (!live || live.status === 'ended') return [];
  const quit: Binding = {
    keys: ['q'],
    label: 'q',
    does: 'quit',
    footer: 9,
    run: () => session.send({ type: 'forward' }),
  };
  const back: Binding = {
    keys: ['escape'],
    label: 'Esc',
    does: 'stop, and back',
    footer: 4,
    run: () => session.send({ type: 'back' }),
  };
  const leave = live.from === 'next' ? [back, quit] : [quit];
  const show = (kind: OverlayKind) => store.set({ overlay: { kind, scroll: 0 } });
  const log: Binding = { keys: ['l'], label: 'l', does: 'log', footer: 3, run: () => show('live-log') };
  if (live.status === 'asking') return [...gapKeys(ui, live), log, ...leave];
  if (live.status !== 'running') return [log, ...leave];
  const items = startables(live);
  const digits = items.filter(({ key }) => key !== 'r');
  const running = runningIncident(live) !== undefined;
  const start = (name: string) => {
    const item = items.find(({ key }) => key === name);
    if (item) session.send({ type: 'live-incident', what: item.what });
  };
  return [
    {
      keys: digits.map(({ key }) => key),
      label: digitsLabel(digits),
      does: 'start',
      // Where nothing can be started a key says why; it is not offered.
      ...(isHeld(live) ? {} : { footer: 8.5 }),
      run: ({ name }) => start(name),
    },
    {
      ...{ keys: ['r'], label: 'r', does: 'red herring', run: () => start('r') },
      ...(runningHerring(live) ? {} : { footer: 5.2 }),
    },
    ...(running
      ? [
          {
            keys: ['e'],
            label: 'e',
            does: 'end it',
            footer: 8.2,
            run: () => session.send({ type: 'live-recover' }),
          },
        ]
      : []),
    ...choiceKeys(ui, live),
    ...(notesOf(live).lines.length > 0
      ? [{ keys: ['n'], label: 'n', does: 'notes', footer: 7.5, run: () => show('notes') }]
      : []),
    ...openKey(ui, liveLink(session.getSnapshot()), 'Dashboards'),
    log,
    ...leave,
  ];
}
