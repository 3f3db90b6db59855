// Keys that work on every screen.
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';

/** Ctrl+C, Ctrl+Z and Ctrl+L. */
export function globalKeys({ session, terminal }: UiContext): readonly Binding[] {
  const running = session.getSnapshot().run?.status === 'running';
  return [
    {
      keys: ['ctrl+c'],
      label: 'Ctrl+C',
      does: running ? 'stop' : 'quit',
      footer: 10,
      run: () => session.send({ type: 'interrupt' }),
    },
    { keys: ['ctrl+z'], label: 'Ctrl+Z', does: 'suspend to the shell; fg resumes', run: terminal.suspend },
    { keys: ['ctrl+l'], label: 'Ctrl+L', does: 'redraw the screen', run: terminal.redraw },
  ];
}
