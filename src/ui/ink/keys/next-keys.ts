// Next: from scenario to scenario, and the verbs that act on the demo.
import { livable } from '../../../wizard/live.ts';
import { deletesNow, installsNow, STOP_CHOICES } from '../../text/next-text.ts';
import { type Scene, sceneCopy, scenesOf } from '../../text/scenes.ts';
import { REMOVE_CHOICES } from '../../text/start-text.ts';
import type { UiContext } from '../ui-context.ts';
import type { OverlayKind } from '../ui-state.ts';
import type { Binding } from './binding.ts';
import {
  chooseKeys,
  copy,
  digitKeys,
  enterKey,
  escapeKey,
  listKeys,
  openKey,
  stepBack,
} from './common-keys.ts';
import { draftOf, EDIT_KEYS, editText } from './text-edit.ts';

/** The scenarios, and which has the focus. */
export function scenesInFocus({ session, store }: Pick<UiContext, 'session' | 'store'>): {
  readonly scenes: readonly Scene[];
  readonly focus: number;
} {
  const scenes = scenesOf(session.getSnapshot());
  return { scenes, focus: Math.max(0, Math.min(store.get().next, scenes.length - 1)) };
}

/** The scenario that has the focus. */
export function focusedScene(ui: UiContext): Scene | undefined {
  const { scenes, focus } = scenesInFocus(ui);
  return scenes[focus];
}

/** The keys of a question with two answers, of which the first changes nothing. */
function questionKeys(ui: UiContext, choices: readonly string[], yes: 'remove-run' | 'stop-node'): Binding[] {
  const { session, store } = ui;
  const { answer } = store.get();
  const pick = (place: number) => session.send({ type: place === 0 ? 'back' : yes });
  return [
    ...chooseKeys({
      length: choices.length,
      focus: answer,
      move: (place) => store.set({ answer: place }),
      back: stepBack(ui),
      pick,
    }),
    escapeKey(ui, 'keep it'),
  ];
}

function addressKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  return [
    enterKey('install', () =>
      session.send({ type: 'dashboards-address', text: store.get().dashboards.text }),
    ),
    {
      keys: ['text', ...EDIT_KEYS],
      label: 'typing',
      does: 'edit the address; Ctrl+U clears it',
      run: (press) => store.set({ dashboards: editText(store.get().dashboards, press) }),
    },
    escapeKey(ui),
  ];
}

/** Longer texts are shown in full when they are copied. */
const LONGEST_ROW = 48;

/** Copies; what has no room in the status line is shown in full, to be marked where the terminal took nothing. */
function copyShown(ui: UiContext, text: string): void {
  copy(ui, text);
  if (text.length > LONGEST_ROW)
    ui.store.set({ copied: text, said: 'Copied', overlay: { kind: 'copied', scroll: 0 } });
}

const verb = (key: string, does: string, footer: number, run: () => void): Binding => ({
  ...{ keys: [key], label: key, does, footer, run },
});

/** The verbs, as far as there is something for them to act on. */
function verbs(ui: UiContext, scene: Scene | undefined): readonly Binding[] {
  const { session, store } = ui;
  const state = session.getSnapshot();
  const { run, answers, dashboards, nodeStopped } = state;
  const there = run?.removed === undefined;
  const show = (kind: OverlayKind) => store.set({ overlay: { kind, scroll: 0 } });
  const text = scene ? sceneCopy(scene) : '';
  const command = run?.done?.command ?? '';
  const busy = dashboards.state === 'installing' || dashboards.state === 'starting';
  const installed = run?.done?.links !== undefined;
  const starts = dashboards.state === 'absent' && dashboards.docker;
  const local = answers.settings.local && !nodeStopped;
  const ask = (type: 'ask-remove' | 'ask-stop-node') => () => {
    store.set({ answer: 0 });
    session.send({ type });
  };
  const guide = () => {
    session.send({ type: 'read-guide' });
    show('guide');
  };
  const address = () => {
    store.set({ dashboards: draftOf(answers.settings.dashboards ?? 'http://localhost:5601') });
    session.send({ type: 'ask-dashboards' });
  };
  return [
    ...openKey(ui, scene?.url, 'open'),
    ...(text === '' ? [] : [verb('c', 'copy', 6.5, () => copyShown(ui, text))]),
    ...(livable(state) ? [verb('l', 'live', 6.6, () => session.send({ type: 'go-live' }))] : []),
    ...(there && run?.done?.guide ? [verb('g', 'guide', 6.4, guide)] : []),
    ...(!there || busy || installed
      ? []
      : installsNow(state)
        ? [verb('i', 'install dashboards', 6.8, () => session.send({ type: 'install-dashboards' }))]
        : [verb('i', 'index pattern', 5.5, () => show('pattern'))]),
    ...(there && local && !busy && !installed && !installsNow(state)
      ? [
          verb('b', starts ? 'start Dashboards' : 'Dashboards with Docker', 5.4, () =>
            starts ? session.send({ type: 'start-dashboards' }) : show('docker'),
          ),
        ]
      : []),
    ...(there && !busy ? [verb('u', 'Dashboards address', 3, address)] : []),
    ...(local ? [verb('s', 'stop node', 4, ask('ask-stop-node'))] : []),
    ...(there ? [verb('x', 'delete', 5, deletesNow(state) ? ask('ask-remove') : () => show('delete'))] : []),
    ...(command === '' ? [] : [verb('r', 'copy command', 3.5, () => copyShown(ui, command))]),
  ];
}

/** Keys of the last screen. */
export function nextKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const { step } = session.getSnapshot();
  if (step.name !== 'next' || step.view === 'removing' || step.view === 'stopping') return [];
  if (step.view === 'remove') return questionKeys(ui, REMOVE_CHOICES, 'remove-run');
  if (step.view === 'stop') return questionKeys(ui, STOP_CHOICES, 'stop-node');
  if (step.view === 'address') return addressKeys(ui);
  const { scenes, focus } = scenesInFocus(ui);
  const scene = scenes[focus];
  const finish = () => session.send({ type: 'forward' });
  return [
    scene
      ? enterKey('story', () => store.set({ overlay: { kind: 'scene', scroll: 0 } }))
      : enterKey('finish', finish),
    ...verbs(ui, scene),
    ...(scenes.length > 1
      ? [
          ...listKeys({
            length: scenes.length,
            focus,
            move: (next) => store.set({ next }),
            back: stepBack(ui),
          }),
          digitKeys(scenes.length, 'choose', (next) => store.set({ next }), 2),
        ]
      : []),
    verb('q', 'finish', 8.5, finish),
    { ...escapeKey(ui), footer: 4.5 },
  ];
}
