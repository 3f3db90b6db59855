// Load: pause, fewer or more workers, and the question before it is stopped.
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { chooseKeys, enterKey, escapeKey, logKey, stepBack } from './common-keys.ts';

/** The choices when Escape is pressed during a load. */
export const LEAVE_CHOICES = ['Keep loading', 'Stop and keep what is loaded'] as const;

function leaveKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const focus = store.get().leave;
  const pick = (place: number) => session.send({ type: place === 0 ? 'forward' : 'stop' });
  return [
    ...chooseKeys({
      length: LEAVE_CHOICES.length,
      focus,
      move: (leave) => store.set({ leave }),
      back: stepBack(ui),
      pick,
    }),
    escapeKey(ui, 'keep loading'),
  ];
}

function limitKeys({ session }: UiContext): readonly Binding[] {
  const paused = session.getSnapshot().run?.limits.paused ?? false;
  return [
    {
      keys: ['p'],
      label: 'p',
      does: paused ? 'resume' : 'pause',
      footer: 7,
      run: () => session.send({ type: 'pause' }),
    },
    {
      keys: ['+', '-'],
      label: '+ -',
      does: 'workers',
      footer: 5,
      run: ({ name }) => session.send({ type: 'senders', by: name === '+' ? 1 : -1 }),
    },
  ];
}

/** Keys of the Load screen. */
export function loadKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const { step, run } = session.getSnapshot();
  if (step.name === 'load' && step.view === 'leave') return leaveKeys(ui);
  const ask: Binding = {
    ...escapeKey(ui, 'stop …'),
    run: () => {
      store.set({ leave: 0 });
      session.send({ type: 'back' });
    },
  };
  const running = run?.status === 'running' && !run.loaded;
  return [
    ...(run?.loaded ? [enterKey('view checks', () => session.send({ type: 'forward' }))] : []),
    ...(running ? limitKeys(ui) : []),
    {
      keys: ['e'],
      label: 'e',
      does: 'errors',
      footer: 6.5,
      run: () => store.set({ overlay: { kind: 'errors', scroll: 0 } }),
    },
    logKey(ui, 6),
    ...(run?.status === 'running' ? [ask] : run?.status === 'ended' ? [escapeKey(ui)] : []),
  ];
}
