// Scenario: presets are ticked, the demo day is moved.
import type { Preset } from '../../../core/plan/preset.ts';
import { chosenEntries, type WizardState } from '../../../wizard/state.ts';
import { demoDayChoices } from '../../text/scenario-text.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { digitKeys, enterKey, escapeKey, listKeys, stepBack } from './common-keys.ts';
import { EDIT_KEYS, editText } from './text-edit.ts';

/** The presets, and one row more for the demo day. */
function scenarioRows({ catalog }: WizardState): number {
  return catalog.state === 'ready' ? catalog.entries.length + 1 : 0;
}

/** The preset whose story is shown: the one in focus, or the last one above the demo day. */
export function focusedPreset({ session, store }: UiContext): Preset | undefined {
  const { catalog } = session.getSnapshot();
  if (catalog.state !== 'ready') return undefined;
  return catalog.entries[Math.min(store.get().scenario, catalog.entries.length - 1)]?.preset;
}

function toggle({ session }: UiContext, place: number): void {
  const state = session.getSnapshot();
  const entry = state.catalog.state === 'ready' ? state.catalog.entries[place] : undefined;
  if (entry) session.send({ type: 'preset', id: entry.preset.id, on: !chosenEntries(state).includes(entry) });
}

function moveDay({ session }: UiContext, later: boolean): void {
  const { forecast, nowMs } = session.getSnapshot();
  if (forecast.state !== 'ready') return;
  // The choices begin with the latest day.
  const choices = demoDayChoices(forecast.forecast, nowMs);
  const place = choices.indexOf(forecast.forecast.demoDay);
  const day = choices[later ? place - 1 : place + 1];
  if (day) session.send({ type: 'demo-day', day });
}

function fileKeys(ui: UiContext, entries: number): readonly Binding[] {
  const { session, store } = ui;
  const read = () => {
    // The new preset comes after the others, and takes the focus.
    store.set({ scenario: entries });
    session.send({ type: 'preset-file', path: store.get().path.text });
  };
  return [
    enterKey('read file', read),
    {
      keys: ['text', ...EDIT_KEYS],
      label: 'typing',
      does: 'edit the path; Ctrl+U clears it',
      run: (press) => store.set({ path: editText(store.get().path, press) }),
    },
    escapeKey(ui),
  ];
}

/** Keys of the Scenario screen. */
export function scenarioKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const state = session.getSnapshot();
  if (state.step.name === 'scenario' && state.step.view === 'file')
    return fileKeys(ui, scenarioRows(state) - 1);
  const rows = scenarioRows(state);
  const focus = Math.min(store.get().scenario, Math.max(0, rows - 1));
  const onDay = rows > 0 && focus === rows - 1;
  const main = enterKey('continue', () => session.send({ type: 'forward' }));
  if (rows === 0) return [escapeKey(ui)];
  return [
    main,
    onDay
      ? {
          keys: ['left', 'right'],
          label: '←→',
          does: 'day',
          footer: 7,
          run: ({ name }) => moveDay(ui, name === 'right'),
        }
      : { keys: ['space'], label: 'Space', does: 'pick', footer: 7, run: () => toggle(ui, focus) },
    ...listKeys({ length: rows, focus, move: (scenario) => store.set({ scenario }), back: stepBack(ui) }),
    digitKeys(rows - 1, 'pick', (place) => {
      store.set({ scenario: place });
      toggle(ui, place);
    }),
    {
      keys: ['d'],
      label: 'd',
      does: 'read story',
      footer: 3,
      run: () => store.set({ overlay: { kind: 'story', scroll: 0 } }),
    },
    {
      keys: ['a'],
      label: 'a',
      does: 'add file',
      footer: 5.5,
      run: () => session.send({ type: 'preset-path' }),
    },
    ...(onDay && state.answers.settings.demoDay !== undefined
      ? [
          {
            keys: ['r'],
            label: 'r',
            does: 'reset day',
            footer: 4,
            run: () => session.send({ type: 'demo-day', day: undefined }),
          },
        ]
      : []),
    escapeKey(ui),
  ];
}
